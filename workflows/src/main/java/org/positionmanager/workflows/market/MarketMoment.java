package org.positionmanager.workflows.market;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where in the exchange's day we are.
 *
 * @param now exchange time
 * @param current the session running now; empty while the market is closed
 * @param next the first session that opens after now
 * @param speed exchange seconds that pass in one real second: 1, but for simulated days
 */
public record MarketMoment(
    Instant now, Optional<TradingSession> current, TradingSession next, double speed) {
  @JsonIgnore
  public boolean isOpen() {
    return current.isPresent();
  }

  /** Whether it stays closed for longer than so much exchange time. */
  public boolean isClosedFor(Duration time) {
    return current.isEmpty() && next.openInclusive().isAfter(now.plus(time));
  }

  /** The same session so much real time later. */
  public MarketMoment later(Duration realTime) {
    return new MarketMoment(
        now.plusMillis((long) (realTime.toMillis() * speed)), current, next, speed);
  }

  /** How long a real timer runs until an exchange moment; not negative. */
  public Duration realTimeUntil(Instant moment) {
    long millis = Duration.between(now, moment).toMillis();
    return Duration.ofMillis(Math.max(0, (long) Math.ceil(millis / speed)));
  }
}
