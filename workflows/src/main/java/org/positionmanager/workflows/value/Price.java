package org.positionmanager.workflows.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A price of one unit of the instrument held, in US dollars: for an option the premium per share,
 * never a level of its underlying (that is {@link UnderlyingPrice}). Zero or more, exact.
 *
 * <p>{@code toString} gives {@code 12.34}, which {@link #parse} reads back.
 */
public record Price(BigDecimal value) implements Comparable<Price> {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /**
   * @throws IllegalArgumentException if negative
   */
  public Price {
    value = Decimals.normal(value);
    if (value.signum() < 0) {
      throw new IllegalArgumentException("price must not be negative, got: " + value);
    }
  }

  /** Reads {@code 12.34}; refuses anything else with a message that says so. */
  @JsonCreator
  public static Price parse(String text) {
    return new Price(Decimals.parse("price", text));
  }

  /** The middle between two prices, exact. */
  public static Price mid(Price bid, Price ask) {
    return new Price(bid.value.add(ask.value).multiply(HALF));
  }

  /** This price moved by a percentage of itself; not below zero. */
  public Price movedBy(Percent percent) {
    return new Price(
        value
            .add(value.multiply(percent.asFraction(), MathContext.DECIMAL64))
            .max(BigDecimal.ZERO));
  }

  /** The move from another price to this one, in percent of the other. */
  public Percent changeFrom(Price from) {
    return new Percent(
        value
            .subtract(from.value)
            .multiply(BigDecimal.valueOf(100))
            .divide(from.value, MathContext.DECIMAL64));
  }

  /** What a quantity costs at this price. */
  public Money times(Quantity quantity, int multiplier) {
    return Money.of(value.multiply(quantity.value()).multiply(BigDecimal.valueOf(multiplier)));
  }

  /** Rounded to a multiple of the increment. */
  public Price roundedTo(BigDecimal increment, RoundingMode mode) {
    return new Price(value.divide(increment, 0, mode).multiply(increment));
  }

  public boolean isZero() {
    return value.signum() == 0;
  }

  @Override
  public int compareTo(Price other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
