package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;

/**
 * Exchange time by {@code /v2/clock}: read once a minute, advanced in between by the machine's
 * monotonic clock times the speed. A failed refresh leaves the old anchor; a first one throws.
 */
final class AlpacaClock implements ExchangeClock {
  private static final String CLOCK = "clock";
  private static final long REFRESH = Duration.ofMinutes(1).toNanos();
  private static final long RETRY = Duration.ofSeconds(5).toNanos();

  private record Anchor(Instant exchange, long nanos, long refreshAt) {}

  private final AlpacaHttp http;
  private final double speed;
  private final LongSupplier nanoClock;
  private final SharedRead<String, Anchor> reads = new SharedRead<>();
  private volatile Anchor anchor;

  AlpacaClock(AlpacaHttp http, double speed, LongSupplier nanoClock) {
    this.http = http;
    this.speed = speed;
    this.nanoClock = nanoClock;
  }

  @Override
  public Instant now() {
    Anchor known = anchor;
    Anchor from =
        known != null && (isFresh(known) || reads.isUnderWay(CLOCK))
            ? known
            : reads.get(CLOCK, this::refreshed);
    return from.exchange.plusNanos((long) ((nanoClock.getAsLong() - from.nanos) * speed));
  }

  private boolean isFresh(Anchor known) {
    return nanoClock.getAsLong() - known.refreshAt < 0;
  }

  private Anchor refreshed() {
    Anchor known = anchor;
    // Another read may have ended between the caller's look and this one.
    if (known != null && isFresh(known)) {
      return known;
    }
    try {
      anchor = read();
    } catch (BrokerException e) {
      if (known == null) {
        throw e;
      }
      anchor = new Anchor(known.exchange, known.nanos, nanoClock.getAsLong() + RETRY);
    }
    return anchor;
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
