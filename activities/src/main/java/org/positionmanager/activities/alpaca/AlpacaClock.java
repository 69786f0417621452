package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;

/**
 * Exchange time by {@code /v2/clock}: read once a minute, advanced in between by the machine's
 * monotonic clock at the pace that the exchange tells. A failed refresh leaves the old anchor; a
 * first one throws.
 */
final class AlpacaClock implements ExchangeClock {
  private static final String CLOCK = "clock";
  private static final Duration REFRESH = Duration.ofMinutes(1);
  private static final long RETRY = Duration.ofSeconds(5).toNanos();

  private record Anchor(Instant exchange, Pace pace, long nanos, long refreshAt) {
    Instant at(long now) {
      return pace.after(exchange, Duration.ofNanos(now - nanos));
    }
  }

  private final AlpacaHttp http;
  private final LongSupplier nanoClock;
  private final SharedRead<String, Anchor> reads = new SharedRead<>();
  private volatile Anchor anchor;

  AlpacaClock(AlpacaHttp http, LongSupplier nanoClock) {
    this.http = http;
    this.nanoClock = nanoClock;
  }

  @Override
  public Instant now() {
    return anchor().at(nanoClock.getAsLong());
  }

  @Override
  public double speed() {
    Anchor from = anchor();
    return from.pace.speedAt(from.at(nanoClock.getAsLong()));
  }

  private Anchor anchor() {
    Anchor known = anchor;
    return known != null && (isFresh(known) || reads.isUnderWay(CLOCK))
        ? known
        : reads.get(CLOCK, this::refreshed);
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
      anchor = new Anchor(known.exchange, known.pace, known.nanos, nanoClock.getAsLong() + RETRY);
    }
    return anchor;
  }

  private Anchor read() {
    long before = nanoClock.getAsLong();
    Answer answer = http.get(CLOCK, http.tradingUrl(CLOCK).build());
    long after = nanoClock.getAsLong();
    JsonNode node = AlpacaHttp.readable(CLOCK, answer);
    return AlpacaJson.reading(
        CLOCK,
        () -> {
          Instant exchange = AlpacaJson.instant(AlpacaJson.text(node, "timestamp"));
          Pace pace = Pace.parse(answer.header(Pace.HEADER), answer.header(Pace.NEXT_HEADER));
          return new Anchor(
              exchange,
              pace,
              before + (after - before) / 2,
              after + pace.holdsFor(exchange, REFRESH).toNanos());
        });
  }
}
