package org.positionmanager.workflows.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * Wilder's average true range (New Concepts in Technical Trading Systems, 1978). The true range of
 * a day is the largest of high - low, |high - previous close| and |low - previous close|; the first
 * average is the plain mean of the first {@code days} true ranges, each later one {@code ((days -
 * 1) x the one before + true range) / days}.
 */
public final class AverageTrueRange {
  /** How many times the days it takes until the beginning hardly counts any more. */
  private static final int SETTLED_AFTER = 5;

  private AverageTrueRange() {}

  /** How many bars make an average that another reader of longer history would agree with. */
  public static int barsFor(int days) {
    return SETTLED_AFTER * days + 1;
  }

  /** Calendar days that hold so many sessions: five in seven, and some for holidays. */
  public static long calendarDaysFor(int days) {
    return barsFor(days) * 7L / 5 + 14L + days / 10;
  }

  /**
   * The average after the last bar, in US dollars.
   *
   * @param bars in the order of their dates; the first only gives the close before the second
   * @param days 1 or more
   * @return empty where there are no more bars than days
   */
  public static Optional<Price> of(List<DailyBar> bars, int days) {
    if (bars.size() <= days) {
      return Optional.empty();
    }
    BigDecimal count = BigDecimal.valueOf(days);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 1; i <= days; i++) {
      sum = sum.add(trueRange(bars, i));
    }
    BigDecimal average = sum.divide(count, MathContext.DECIMAL64);
    for (int i = days + 1; i < bars.size(); i++) {
      average =
          average
              .multiply(count.subtract(BigDecimal.ONE))
              .add(trueRange(bars, i))
              .divide(count, MathContext.DECIMAL64);
    }
    return Optional.of(new Price(average));
  }

  private static BigDecimal trueRange(List<DailyBar> bars, int index) {
    DailyBar bar = bars.get(index);
    BigDecimal before = bars.get(index - 1).close().value();
    BigDecimal high = bar.high().value();
    BigDecimal low = bar.low().value();
    return high.max(before).subtract(low.min(before));
  }
}
