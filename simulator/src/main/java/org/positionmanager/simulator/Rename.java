package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A share's new symbol: what is held goes on under it at the same cost, told of as what left and as
 * what came (Alpaca's NC). Orders under the old one go.
 */
record Rename(String symbol, String to) {
  Rename {
    if (Symbols.isOption(symbol) || Symbols.isOption(to)) {
      throw new Rejection(400, 0, "an option is named by its share; rename that");
    }
    if (symbol.equals(to) || to.isBlank()) {
      throw new Rejection(400, 0, "to must be another symbol, got: " + to);
    }
  }

  void apply(Exchange exchange, OrderLife life, Instant at) {
    for (Account account : exchange.accounts()) {
      Account.Holding held = account.holding(symbol);
      if (held.quantity().signum() == 0) {
        continue;
      }
      String group = exchange.newId();
      book(exchange, account, symbol, held.quantity().negate(), Optional.empty(), at, group);
      Optional<BigDecimal> cost = Optional.of(held.averageEntry());
      book(exchange, account, to, held.quantity(), cost, at, group);
      life.fit(account, symbol, at);
    }
    exchange
        .quotes()
        .at(symbol, at)
        .ifPresent(
            quote ->
                exchange.record(
                    new Happening.Pinned(to, new Quotes.Quote(quote.bid(), quote.ask(), at))));
  }

  private static void book(
      Exchange exchange,
      Account account,
      String symbol,
      BigDecimal quantity,
      Optional<BigDecimal> price,
      Instant at,
      String group) {
    LocalDate date = TradingHours.date(at);
    exchange.record(
        new Happening.Booked(
            account.name,
            new Booking(
                OrderLife.activityId(at, exchange.newId()),
                "NC",
                symbol,
                quantity,
                price,
                BigDecimal.ZERO,
                date,
                at,
                at,
                group)));
  }
}
