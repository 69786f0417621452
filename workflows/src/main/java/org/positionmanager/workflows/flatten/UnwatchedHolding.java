package org.positionmanager.workflows.flatten;

import java.time.Instant;
import org.positionmanager.workflows.broker.Holding;

/**
 * Something that the broker holds and no position of the ledger is open for.
 *
 * @param since when a good read saw it first, in a row; the workflow's time
 */
public record UnwatchedHolding(Holding holding, Instant since) {
  boolean isSame(Holding other) {
    return holding.instrument().equals(other.instrument())
        && holding.direction() == other.direction();
  }
}
