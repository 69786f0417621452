package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alpaca's market data REST, as far as this version goes. */
final class DataRest {
  private final Exchange exchange;

  DataRest(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Latest quotes of several symbols; those without a quote are left out. */
  Object latestQuotes(Account account, Context request) {
    Instant now = exchange.clock().now();
    Map<String, Object> quotes = new TreeMap<>();
    String symbols = Optional.ofNullable(request.queryParam("symbols")).orElse("");
    for (String symbol : symbols.split(",")) {
      exchange
          .quotes()
          .at(symbol, now)
          .ifPresent(quote -> quotes.put(symbol, Views.quote(symbol, quote)));
    }
    return Map.of("quotes", quotes);
  }
}
