package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many shares a fill is for. */
final class OrderSizes {
  private static final int FRACTION_DIGITS = 9;

  private OrderSizes() {}

  /** The size offered; of a notional buy what its dollars buy at the price, rounded down. */
  static BigDecimal at(Order order, BigDecimal size, BigDecimal price) {
    return order
        .terms
        .notional()
        .filter(dollars -> order.terms.buy())
        .map(dollars -> dollars.divide(price, FRACTION_DIGITS, RoundingMode.DOWN))
        .orElse(size);
  }
}
