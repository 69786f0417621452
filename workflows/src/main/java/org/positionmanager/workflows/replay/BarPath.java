package org.positionmanager.workflows.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/**
 * Quotes made of bars, for the worse: nobody knows in which order a bar met its high and its low,
 * so the one that hurts comes first. A long sees open, low, high, close; a short open, high, low,
 * close. A stop inside a bar is thus hit before its target, and a trailing stop is not raised by a
 * high that may have come after the low; the fall from the high to the close does count.
 *
 * <p>The four stand at the bar's beginning, at a third and at two thirds of it, and at its last
 * moment. A bar of a day or more stands in the session of its date in New York.
 *
 * @param length exchange time from a bar's beginning to the next one's
 * @param spread between bid and ask, around the bar's prices; zero where trades are to fill at
 *     their price, which for options is too good to be true
 */
public record BarPath(Direction direction, Duration length, Price spread, Sessions sessions) {
  /** What lies between the last moment of a bar and the first of the next. */
  static final Duration MOMENT = Duration.ofMillis(1);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException if bars are shorter than a second
   */
  public BarPath {
    if (length.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("bars must last a second or more, got: " + length);
    }
  }

  /** The four quotes of a bar. */
  public List<SeenQuote> of(Bar bar) {
    Instant start = bar.at();
    Duration lasting = length;
    if (length.compareTo(DAY) >= 0) {
      LocalDate date = bar.at().atZone(ExchangeZone.NEW_YORK).toLocalDate();
      Optional<TradingSession> session = sessions.on(date);
      start = session.map(TradingSession::openInclusive).orElse(start);
      lasting =
          session
              .map(it -> Duration.between(it.openInclusive(), it.closeExclusive()))
              .orElse(lasting);
    }
    Price adverse = direction == Direction.LONG ? bar.low() : bar.high();
    Price favourable = direction == Direction.LONG ? bar.high() : bar.low();
    return List.of(
        at(start, bar.open()),
        at(start.plus(lasting.dividedBy(3)), adverse),
        at(start.plus(lasting.multipliedBy(2).dividedBy(3)), favourable),
        at(start.plus(lasting).minus(MOMENT), bar.close()));
  }

  private SeenQuote at(Instant moment, Price price) {
    BigDecimal half = spread.value().divide(BigDecimal.TWO);
    return SeenQuote.fresh(
        new Quote(
            new Price(price.value().subtract(half).max(BigDecimal.ZERO)),
            new Price(price.value().add(half)),
            moment));
  }
}
