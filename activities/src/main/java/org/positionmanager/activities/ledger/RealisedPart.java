package org.positionmanager.activities.ledger;

import java.time.Instant;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/**
 * What one real fill closed of a position.
 *
 * @param reason of the exit whose order it was; CLOSED_ELSEWHERE where the order was another's
 * @param quantity in the shares of today
 * @param realised what it brought, US dollars
 * @param at exchange time
 */
public record RealisedPart(
    PositionId id,
    Strategy strategy,
    ExitReason reason,
    Quantity quantity,
    Money realised,
    Instant at) {}
