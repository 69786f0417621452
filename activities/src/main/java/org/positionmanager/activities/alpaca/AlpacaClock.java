package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;

/**
 * Exchange time by {@code /v2/clock}: read once a minute, advanced in between by the machine's
 * monotonic clock times the speed. A failed refresh leaves the old anchor; a first one throws.
 */
final class AlpacaClock implements ExchangeClock {
  private static final long REFRESH = Duration.ofMinutes(1).toNanos();
  private static final long RETRY = Duration.ofSeconds(5).toNanos();

  private record Anchor(Instant exchange, long nanos, long refreshAt) {}

  private final AlpacaHttp http;
  private final double speed;
  private final LongSupplier nanoClock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile Anchor anchor;

  AlpacaClock(AlpacaHttp http, double speed, LongSupplier nanoClock) {
    this.http = http;
    this.speed = speed;
    this.nanoClock = nanoClock;
  }

  @Override
  public Instant now() {
    Anchor known = anchor;
    if (known == null) {
      refreshing.lock();
      try {
        if (anchor == null) {
          anchor = read();
        }
      } finally {
        refreshing.unlock();
      }
    } else if (nanoClock.getAsLong() - known.refreshAt >= 0 && refreshing.tryLock()) {
      try {
        anchor = read();
      } catch (BrokerException e) {
        anchor = new Anchor(known.exchange, known.nanos, nanoClock.getAsLong() + RETRY);
      } finally {
        refreshing.unlock();
      }
    }
    Anchor from = anchor;
    return from.exchange.plusNanos((long) ((nanoClock.getAsLong() - from.nanos) * speed));
  }

  private Anchor read() {
    long before = nanoClock.getAsLong();
    JsonNode node = http.read("clock", http.tradingUrl("clock").build());
    long after = nanoClock.getAsLong();
    Instant exchange =
        AlpacaJson.reading("clock", () -> AlpacaJson.instant(AlpacaJson.text(node, "timestamp")));
    return new Anchor(exchange, before + (after - before) / 2, after + REFRESH);
  }

  @Override
  public double speed() {
    return speed;
  }
}
