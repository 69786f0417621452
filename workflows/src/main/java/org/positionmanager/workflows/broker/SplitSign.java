package org.positionmanager.workflows.broker;

import java.math.BigDecimal;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Whether shares look as if they had been split: there are others than there were, and together
 * they cost the same. The broker changes quantity and average entry overnight and tells of it
 * later; a stop in old shares judged by prices of new ones would sell everything at the open.
 */
public final class SplitSign {
  /** What a split changes the number of shares by at least: 5 for 4 is the smallest in use. */
  private static final BigDecimal LEAST_CHANGE = new BigDecimal("0.1");

  /** What is paid out for fractions, and rounding, change the cost by less. */
  private static final BigDecimal SAME_COST = new BigDecimal("0.01");

  private SplitSign() {}

  /**
   * Compares a holding with what it was.
   *
   * @param holding as the broker shows it now
   * @param before how many shares there were
   * @param entry what one of them had cost on average
   */
  public static boolean isSeen(Holding holding, Quantity before, Price entry) {
    return isSeen(holding, before, entry.times(before, 1));
  }

  /**
   * Likewise, with what all of them had cost together.
   *
   * @param cost US dollars
   */
  public static boolean isSeen(Holding holding, Quantity before, Money cost) {
    if (!(holding.instrument() instanceof Stock)
        || before.isZero()
        || cost.amount().signum() == 0) {
      return false;
    }
    Money now = holding.averageEntry().times(holding.quantity(), 1);
    return isWithin(now.amount(), cost.amount(), SAME_COST)
        && !isWithin(holding.quantity().value(), before.value(), LEAST_CHANGE);
  }

  private static boolean isWithin(BigDecimal now, BigDecimal before, BigDecimal part) {
    return now.subtract(before).abs().compareTo(before.multiply(part)) <= 0;
  }
}
