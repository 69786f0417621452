package org.positionmanager.workflows.broker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Whether shares look as if they had been split: each cost another price than it did, and there are
 * as many as that price makes of what they cost, but for a fraction that is paid out. The broker
 * changes quantity and average entry overnight and tells of it later; a stop in old shares judged
 * by prices of new ones would sell everything at the open.
 */
public final class SplitSign {
  /** What a split changes the price by at least: 11 for 10 is the smallest in use. */
  private static final BigDecimal LEAST_CHANGE = new BigDecimal("0.08");

  /** How the broker rounds average entries. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.01");

  private SplitSign() {}

  /**
   * Compares a holding with what it was.
   *
   * @param holding as the broker shows it now
   * @param before how many shares there were
   * @param entry what one of them had cost on average
   * @return new shares for each old one; empty where it looks like no split
   */
  public static Optional<BigDecimal> ratio(Holding holding, Quantity before, Price entry) {
    return ratio(holding, before, entry.times(before, 1));
  }

  /**
   * Likewise, with what all of them had cost together.
   *
   * @param cost US dollars
   */
  public static Optional<BigDecimal> ratio(Holding holding, Quantity before, Money cost) {
    if (!(holding.instrument() instanceof Stock)
        || before.isZero()
        || cost.amount().signum() == 0
        || holding.averageEntry().isZero()
        || holding.quantity().compareTo(before) == 0) {
      return Optional.empty();
    }
    BigDecimal entry = cost.amount().divide(before.value(), MathContext.DECIMAL64);
    BigDecimal ratio = entry.divide(holding.averageEntry().value(), MathContext.DECIMAL64);
    BigDecimal expected = before.value().multiply(ratio);
    BigDecimal missing = expected.subtract(holding.quantity().value());
    BigDecimal rounded = expected.multiply(ROUNDING);
    // more than the price makes of them were bought
    boolean isAsMany =
        missing.compareTo(rounded.negate()) >= 0
            && missing.compareTo(BigDecimal.ONE.add(rounded)) < 0;
    boolean isOther = ratio.subtract(BigDecimal.ONE).abs().compareTo(LEAST_CHANGE) > 0;
    return isAsMany && isOther ? Optional.of(ratio) : Optional.empty();
  }
}
