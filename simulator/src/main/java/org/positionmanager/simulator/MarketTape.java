package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.simulator.market.BidAsk;
import org.positionmanager.simulator.market.Span;
import org.positionmanager.simulator.market.Tape;

/** The tape of an exchange's quotes. */
final class MarketTape {
  /** History begins so long before the exchange does. */
  private static final Duration HISTORY = Duration.ofDays(400);

  private MarketTape() {}

  static Tape of(Quotes quotes, Instant start, long seed) {
    return new Tape(
        new Tape.Market() {
          @Override
          public Optional<BidAsk> quote(String symbol, Instant moment) {
            return quotes
                .recorded(symbol, moment)
                .map(it -> new BidAsk(it.bid(), it.ask(), it.at()));
          }

          @Override
          public BigDecimal adjusted(String symbol, BigDecimal price, Instant from, Instant to) {
            return quotes.splits().origin(symbol, from, to).price(price);
          }

          @Override
          public boolean isHalted(String symbol, Instant moment) {
            return quotes.isHalted(symbol, moment);
          }

          @Override
          public boolean mayChange(String symbol, Instant until) {
            return quotes.mayChange(symbol, until);
          }
        },
        date -> quotes.hours().on(date).map(it -> new Span(it.open(), it.close())),
        start.minus(HISTORY),
        seed);
  }
}
