package org.positionmanager.workflows.sync;

import java.math.BigDecimal;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;

/**
 * Something that made a holding smaller, all fills of one order together.
 *
 * @param closes the direction of what it closed
 * @param fill by the order's id; an activity without an order is named by {@code activity:} and its
 *     id, at a price of zero: what an exercise or an assignment is worth lies in the shares
 */
public record Closing(Instrument instrument, Direction closes, Kind kind, ClosingFill fill) {
  /** Before the broker's id of an activity, where an order's id is expected. */
  public static final String ACTIVITY = "activity:";

  /** How it was closed. */
  public enum Kind {
    /** By an order's fills. */
    FILLED,
    /** A contract ended worthless (Alpaca's OPEXP). */
    EXPIRED,
    /** A long contract was exercised (OPEXC). */
    EXERCISED,
    /** A short contract was assigned (OPASN). */
    ASSIGNED
  }

  /** What it changed: positive where it was bought, negative where it was sold. */
  BigDecimal signed() {
    BigDecimal quantity = fill.quantity().value();
    return closes == Direction.SHORT ? quantity : quantity.negate();
  }
}
