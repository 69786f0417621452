package org.positionmanager.workflows.value;

import java.math.BigDecimal;

/** One normal form for decimals, so that {@code equals} agrees with {@code compareTo}. */
final class Decimals {
  /** 1E999999999 is short to write and fills the memory. */
  private static final int MOST_DIGITS = 60;

  private Decimals() {}

  /** Strips trailing zeros and negative scales: 1.00 and 1E+0 are both 1. */
  static BigDecimal normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static BigDecimal parse(String what, String text) {
    try {
      BigDecimal value = new BigDecimal(text.trim());
      if (value.precision() > MOST_DIGITS || Math.abs(value.scale()) > MOST_DIGITS) {
        throw new NumberFormatException("out of all proportion");
      }
      return value;
    } catch (NumberFormatException | NullPointerException e) {
      throw new IllegalArgumentException(what + " must be a decimal such as 12.34, got: " + text);
    }
  }
}
