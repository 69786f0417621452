package org.positionmanager.activities.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.market.MarketMoment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the market is open, answered at once: the calendar is read by {@link #refresh} only, and
 * what it said last is advanced by the monotonic clock. While nothing is known it counts as open,
 * since looking at prices in vain costs less than not looking.
 */
public final class MarketHours {
  private static final Logger log = LoggerFactory.getLogger(MarketHours.class);
  private static final long RETRY = Duration.ofSeconds(5).toNanos();

  private record Known(MarketMoment moment, long atNanos) {
    boolean isOpen(long nowNanos) {
      Instant now = moment.later(Duration.ofNanos(nowNanos - atNanos)).now();
      return moment.current().filter(session -> session.contains(now)).isPresent()
          || moment.next().contains(now);
    }
  }

  private final ExchangeCalendar calendar;
  private final LongSupplier nanoClock;
  private volatile Optional<Known> known = Optional.empty();

  /** When the calendar could not be read; of the thread that refreshes. */
  private Optional<Long> failedAt = Optional.empty();

  public MarketHours(ExchangeCalendar calendar, LongSupplier nanoClock) {
    this.calendar = calendar;
    this.nanoClock = nanoClock;
  }

  /** Never blocks. */
  public boolean isOpen() {
    return known.map(it -> it.isOpen(nanoClock.getAsLong())).orElse(true);
  }

  /**
   * Reads the calendar, which may take a request; a failure leaves what was known, and is not
   * followed by another request for 5 s. By one thread only.
   */
  public void refresh() {
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
