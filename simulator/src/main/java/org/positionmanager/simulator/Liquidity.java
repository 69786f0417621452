package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;

/** How much of an order the market takes at once, the same for the same seed and moment. */
final class Liquidity {
  private static final int SLOT_SECONDS = 15;

  private final long seed;

  Liquidity(long seed) {
    this.seed = seed;
  }

  /**
   * Shares or contracts that can be filled now.
   *
   * @param largest most in one fill, at most one each 15 s; 0 for all that is open
   */
  BigDecimal available(Order order, int largest, Instant now) {
    if (largest == 0 || order.terms.notional().isPresent()) {
      return order.open();
    }
    long slot = slot(now);
    if (order.lastFillAt().filter(last -> slot(last) == slot).isPresent()) {
      return BigDecimal.ZERO;
    }
    SplittableRandom random =
        new SplittableRandom(seed ^ order.terms.id().hashCode() * 31L ^ slot * 1_000_003L);
    return BigDecimal.valueOf(random.nextInt(1, largest + 1)).min(order.open());
  }

  private static long slot(Instant moment) {
    return Math.floorDiv(moment.getEpochSecond(), SLOT_SECONDS);
  }
}
