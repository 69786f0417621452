package org.positionmanager.workflows.value;

import java.math.BigDecimal;

/** Which way a position earns. */
public enum Direction {
  /** Earns when the price rises; closed by selling ({@code sell_to_close}). */
  LONG,
  /** Earns when the price falls; closed by buying ({@code buy_to_close}). */
  SHORT;

  /** The side of the order that closes such a position. */
  public Side closingSide() {
    return switch (this) {
      case LONG -> Side.SELL;
      case SHORT -> Side.BUY;
    };
  }

  /** The side of the order that opened such a position. */
  public Side openingSide() {
    return closingSide().opposite();
  }

  /** The gain of a move, in percent of the entry: positive when the position earns. */
  public Percent gain(Price entry, Price now) {
    Percent change = now.changeFrom(entry);
    return this == LONG ? change : change.negated();
  }

  /** The profit of closing a quantity: negative when it lost. */
  public Money profit(Price entry, Price exit, Quantity quantity, int multiplier) {
    BigDecimal move = exit.value().subtract(entry.value());
    BigDecimal earned = this == LONG ? move : move.negate();
    return Money.of(earned.multiply(quantity.value()).multiply(BigDecimal.valueOf(multiplier)));
  }

  /** Whether one price is better for the holder than another. */
  public boolean isBetter(Price candidate, Price than) {
    return this == LONG ? candidate.compareTo(than) > 0 : candidate.compareTo(than) < 0;
  }
}
