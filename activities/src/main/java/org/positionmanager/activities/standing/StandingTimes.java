package org.positionmanager.activities.standing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * When it is worth looking how an account stands: each minute while the market is open, once after
 * it closed, and each half hour while it is shut; exchange time.
 */
public final class StandingTimes {
  /** While the market is open. */
  public static final Duration OPEN = Duration.ofMinutes(1);

  /** While it is shut. */
  public static final Duration SHUT = Duration.ofMinutes(30);

  /** Real time while it is shut: a simulated night may last seconds. */
  private static final Duration LEAST_SHUT = Duration.ofMinutes(1);

  private StandingTimes() {}

  /**
   * Whether it is time again.
   *
   * @param last exchange time of the last look, whoever took it; empty where there was none
   * @param wasOpen whether the market was open then
   */
  public static boolean isDue(Optional<Instant> last, boolean wasOpen, MarketMoment market) {
    if (last.isEmpty() || last.get().isAfter(market.now())) {
      return true;
    }
    Duration since = Duration.between(last.get(), market.now());
    if (market.isOpen()) {
      return since.compareTo(OPEN) >= 0;
    }
    return wasOpen || since.compareTo(shut(market.speed())) >= 0;
  }

  private static Duration shut(double speed) {
    Duration least = Duration.ofMillis((long) (LEAST_SHUT.toMillis() * speed));
    return least.compareTo(SHUT) > 0 ? least : SHUT;
  }
}
