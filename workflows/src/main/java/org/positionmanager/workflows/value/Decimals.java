package org.positionmanager.workflows.value;

import java.math.BigDecimal;

/** One normal form for decimals, so that {@code equals} agrees with {@code compareTo}. */
final class Decimals {
  private Decimals() {}

  /** Strips trailing zeros and negative scales: 1.00 and 1E+0 are both 1. */
  static BigDecimal normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static BigDecimal parse(String what, String text) {
    try {
      return new BigDecimal(text.trim());
    } catch (NumberFormatException | NullPointerException e) {
      throw new IllegalArgumentException(what + " must be a decimal such as 12.34, got: " + text);
    }
  }
}
