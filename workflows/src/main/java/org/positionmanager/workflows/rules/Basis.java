package org.positionmanager.workflows.rules;

import java.time.Instant;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What a position is judged from: the real fill and the best price since.
 *
 * @param entry average fill price
 * @param opened quantity filled at the entry
 * @param peak the best mid seen since the entry, for the position's direction: never worse than
 *     entry
 * @param filledAt exchange time of the fill
 */
public record Basis(
    Instrument instrument,
    Direction direction,
    Price entry,
    Quantity opened,
    Price peak,
    Instant filledAt) {
  /** The same with the peak raised where the price is better for the holder. */
  public Basis seeing(Price mid) {
    return direction.isBetter(mid, peak)
        ? new Basis(instrument, direction, entry, opened, mid, filledAt)
        : this;
  }
}
