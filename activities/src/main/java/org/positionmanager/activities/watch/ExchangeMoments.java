package org.positionmanager.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.TradingSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the exchange's day we are, answered at once: the calendar is read by {@link #refresh}
 * only, and what it said last is advanced by the monotonic clock.
 */
final class ExchangeMoments {
  private static final Logger log = LoggerFactory.getLogger(ExchangeMoments.class);

  private record Known(MarketMoment moment, long atNanos) {}

  private final ExchangeCalendar calendar;
  private final LongSupplier nanoClock;
  private volatile Optional<Known> known = Optional.empty();

  ExchangeMoments(ExchangeCalendar calendar, LongSupplier nanoClock) {
    this.calendar = calendar;
    this.nanoClock = nanoClock;
  }

  /** Reads the calendar; a failure leaves what was known. */
  void refresh() {
    try {
      long at = nanoClock.getAsLong();
      known = Optional.of(new Known(calendar.moment(), at));
    } catch (BrokerException e) {
      log.debug("exchange calendar: {}; what was known goes on", e.getMessage());
    }
  }

  /** Empty while the calendar was never read. */
  Optional<MarketMoment> now() {
    return known.map(it -> at(it, nanoClock.getAsLong()));
  }

  private static MarketMoment at(Known known, long nowNanos) {
    MarketMoment later = known.moment.later(Duration.ofNanos(nowNanos - known.atNanos));
    Optional<TradingSession> running = running(known.moment, later.now());
    return running.equals(later.current())
        ? later
        : new MarketMoment(later.now(), running, later.next(), later.speed());
  }

  private static Optional<TradingSession> running(MarketMoment known, Instant now) {
    return known
        .current()
        .filter(session -> session.contains(now))
        .or(() -> Optional.of(known.next()).filter(session -> session.contains(now)));
  }
}
