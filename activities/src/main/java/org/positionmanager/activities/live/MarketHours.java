package org.positionmanager.activities.live;

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
public final class MarketHours {
  private static final Logger log = LoggerFactory.getLogger(MarketHours.class);
  private static final long RETRY = Duration.ofSeconds(5).toNanos();

  private record Known(MarketMoment moment, long atNanos) {
    MarketMoment at(long nowNanos) {
      MarketMoment later = moment.later(Duration.ofNanos(nowNanos - atNanos));
      Optional<TradingSession> running = running(later.now());
      return running.equals(later.current())
          ? later
          : new MarketMoment(later.now(), running, later.next(), later.speed());
    }

    private Optional<TradingSession> running(Instant now) {
      return moment
          .current()
          .filter(session -> session.contains(now))
          .or(() -> Optional.of(moment.next()).filter(session -> session.contains(now)));
    }
  }

  private final ExchangeCalendar calendar;
  private final LongSupplier nanoClock;
  private volatile Optional<Known> known = Optional.empty();

  /** When the calendar could not be read; of the thread that refreshes. */
  private Optional<Long> failedAt = Optional.empty();

  /**
   * @param nanoClock monotonic, in nanoseconds
   */
  public MarketHours(ExchangeCalendar calendar, LongSupplier nanoClock) {
    this.calendar = calendar;
    this.nanoClock = nanoClock;
  }

  /** Never blocks; empty while the calendar was never read. */
  public Optional<MarketMoment> now() {
    return known.map(it -> it.at(nanoClock.getAsLong()));
  }

  /**
   * Never blocks. While nothing is known the market counts as open, since looking at prices in vain
   * costs less than not looking.
   */
  public boolean isOpen() {
    return now().map(MarketMoment::isOpen).orElse(true);
  }

  /**
   * Reads the calendar, which may take a request; a failure leaves what was known, and is not
   * followed by another request for 5 s. One thread at a time.
   */
  public synchronized void refresh() {
    long now = nanoClock.getAsLong();
    if (failedAt.filter(at -> now - at < RETRY).isPresent()) {
      return;
    }
    try {
      known = Optional.of(new Known(calendar.moment(), nanoClock.getAsLong()));
      failedAt = Optional.empty();
    } catch (BrokerException e) {
      if (failedAt.isEmpty()) {
        log.warn("exchange calendar: {}; what was known goes on", e.getMessage());
      }
      failedAt = Optional.of(now);
    }
  }
}
