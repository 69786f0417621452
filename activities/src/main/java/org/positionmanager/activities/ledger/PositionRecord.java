package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * All that the ledger has of one position.
 *
 * @param basis empty before the entry was filled
 * @param plan the one in force last; empty before the entry was filled
 * @param averageExit empty while nothing was closed for good
 * @param updatedAt when the ledger last heard of it
 * @param events its timeline, oldest first
 * @param exits every attempt at closing it, oldest first
 */
public record PositionRecord(
    PositionId id,
    Phase phase,
    Direction direction,
    Strategy strategy,
    Quantity held,
    Optional<Basis> basis,
    Optional<Plan> plan,
    Optional<ExitReason> reason,
    Optional<Price> averageExit,
    Money realised,
    Instant updatedAt,
    List<PositionEvent> events,
    List<ExitRecord> exits) {
  public PositionRecord {
    events = List.copyOf(events);
    exits = List.copyOf(exits);
  }
}
