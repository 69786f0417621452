package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
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
      CorporateAction.book(
          exchange, account, "NC", symbol, held.quantity().negate(), Optional.empty(), at, group);
      Optional<BigDecimal> cost = Optional.of(held.averageEntry());
      CorporateAction.book(exchange, account, "NC", to, held.quantity(), cost, at, group);
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
}
