package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A share's split. Orders keep their prices, brackets too; exits for more than is held then go.
 *
 * @param now new shares for so many old ones
 */
record Split(String symbol, BigDecimal now, BigDecimal old) {
  private static final int FRACTION_DIGITS = 9;

  Split {
    if (Symbols.isOption(symbol)) {
      throw new Rejection(400, 0, symbol + " is an option; split its share");
    }
    if (now.signum() <= 0 || old.signum() <= 0) {
      throw new Rejection(400, 0, "new and old must be more than 0");
    }
  }

  void apply(Exchange exchange, OrderLife life, Instant at) {
    LocalDate date = TradingHours.date(at);
    for (Account account : exchange.accounts()) {
      BigDecimal held = account.held(symbol);
      if (held.signum() == 0) {
        continue;
      }
      BigDecimal after =
          held.multiply(now).divide(old, FRACTION_DIGITS, RoundingMode.DOWN).stripTrailingZeros();
      exchange.record(
          new Happening.Booked(
              account.name,
              new Booking(
                  OrderLife.activityId(at, exchange.newId()),
                  "SPLIT",
                  symbol,
                  after.subtract(held),
                  Optional.empty(),
                  BigDecimal.ZERO,
                  date,
                  at,
                  at,
                  exchange.newId())));
      life.fit(account, symbol, at);
    }
    exchange
        .quotes()
        .at(symbol, at)
        .ifPresent(
            quote ->
                exchange.record(
                    new Happening.Pinned(
                        symbol, new Quotes.Quote(scaled(quote.bid()), scaled(quote.ask()), at))));
  }

  private BigDecimal scaled(BigDecimal price) {
    return price.multiply(old).divide(now, MathContext.DECIMAL64).setScale(4, RoundingMode.HALF_UP);
  }
}
