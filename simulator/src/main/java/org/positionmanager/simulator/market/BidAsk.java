package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * A two-sided price in dollars a share or, for options, a unit of the underlying.
 *
 * @param at since when it holds
 */
public record BidAsk(BigDecimal bid, BigDecimal ask, Instant at) {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /** A market around a mid, in whole cents, each side so far away but at least a cent. */
  public static BidAsk around(BigDecimal mid, BigDecimal halfSpreadShare, Instant at) {
    BigDecimal positive = mid.max(CENT);
    BigDecimal half =
        positive.multiply(halfSpreadShare).setScale(2, RoundingMode.HALF_UP).max(CENT);
    BigDecimal rounded = positive.setScale(2, RoundingMode.HALF_UP);
    return new BidAsk(rounded.subtract(half).max(CENT), rounded.add(half), at);
  }

  /** Half way between the sides, exactly. */
  public BigDecimal mid() {
    return bid.add(ask).divide(BigDecimal.TWO);
  }
}
