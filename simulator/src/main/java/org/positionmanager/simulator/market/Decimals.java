package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads the numbers that come from outside. An exponent makes a short text a number of a hundred
 * million digits, which no sum or product of it would ever be done with: what has more digits than
 * any price or quantity is no number here.
 */
public final class Decimals {
  /** Digits before or behind the point; prices and quantities have 9 behind it at most. */
  private static final int MOST_DIGITS = 30;

  /** More than any number of so many digits needs, with sign, point and exponent. */
  private static final int LONGEST = 2 * MOST_DIGITS;

  private Decimals() {}

  /** The number that a text says; empty where it says none, or one of more than 30 digits. */
  public static Optional<BigDecimal> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text)).filter(Decimals::isBounded);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isBounded(BigDecimal number) {
    // a scale may be the least integer, whose absolute value is itself
    return number.precision() <= MOST_DIGITS
        && number.scale() <= MOST_DIGITS
        && number.scale() >= -MOST_DIGITS;
  }
}
