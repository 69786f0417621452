package org.positionmanager.workflows.replay;

import java.time.Instant;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What was opened, and when: where a replay begins.
 *
 * @param quantity shares or contracts, above zero
 * @param entry average fill price, above zero
 * @param at exchange time of the fill
 */
public record Opening(
    Instrument instrument, Direction direction, Quantity quantity, Price entry, Instant at) {
  /**
   * @throws IllegalArgumentException naming the field that is not above zero
   */
  public Opening {
    if (quantity.isZero()) {
      throw new IllegalArgumentException("quantity must be above zero, got: " + quantity);
    }
    if (entry.isZero()) {
      throw new IllegalArgumentException("entry must be above zero, got: " + entry);
    }
  }

  /** What rules judge from at the moment of the fill. */
  public Basis basis() {
    return new Basis(instrument, direction, entry, quantity, entry, at);
  }

  /** What was paid for it, or received for a short. */
  public Money cost() {
    return entry.times(quantity, instrument.multiplier());
  }

  /** The profit of closing so much of it at a price. */
  public Money profit(Price exit, Quantity closed) {
    return direction.profit(entry, exit, closed, instrument.multiplier());
  }
}
