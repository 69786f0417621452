package org.positionmanager.workflows.position;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.rules.WatchSight;

/** When the next review is due: pure. */
final class ReviewTiming {
  /**
   * Real time that lies at least between two reviews by interval, so that a simulated day at many
   * times the speed does not flood the engine.
   */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /** Exchange time between reviews while the account's watch judges every quote. */
  static final Duration WHILE_WATCHED = Duration.ofMinutes(10);

  private ReviewTiming() {}

  /** The plan's interval, and longer while a fresh watch goes by what was armed last. */
  static Duration interval(Duration planned, Optional<WatchSight> watch, Optional<Arming> arming) {
    boolean watched =
        arming.filter(it -> it.armed() && it.exit() > 0).isPresent()
            && watch.filter(it -> it.fresh() && it.arming() == arming.get().number()).isPresent();
    return watched ? longer(planned, WHILE_WATCHED) : planned;
  }

  /**
   * Real time until the next review: the interval while the market is open, never past the next
   * moment at which time alone can change the answer; the next open while it is closed.
   */
  static Duration untilNext(MarketMoment moment, Duration interval, Optional<Instant> nextChange) {
    if (!moment.isOpen()) {
      return longer(moment.realTimeUntil(moment.next().openInclusive()), SHORTEST);
    }
    Duration regular = longer(moment.realTimeUntil(moment.now().plus(interval)), SHORTEST);
    Duration byRule =
        nextChange
            .map(moment::realTimeUntil)
            .map(until -> until.isPositive() ? until : Duration.ofMillis(1))
            .orElse(regular);
    return byRule.compareTo(regular) < 0 ? byRule : regular;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
