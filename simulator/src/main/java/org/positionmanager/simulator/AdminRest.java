package org.positionmanager.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tests and people may see and do beyond what a broker offers; no credentials, loopback. */
final class AdminRest {
  private static final long MOST_SECONDS = Duration.ofDays(3_660).toSeconds();
  private static final BigDecimal FASTEST = BigDecimal.valueOf(1_000_000);

  private final Exchange exchange;
  private final OrdersRest orders;

  AdminRest(Exchange exchange, OrdersRest orders) {
    this.exchange = exchange;
    this.orders = orders;
  }

  Object state(Context request) {
    synchronized (exchange) {
      exchange.match();
      Instant now = exchange.clock().now();
      Map<String, Object> accounts = new LinkedHashMap<>();
      for (Account account : exchange.accounts()) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("accountNumber", account.number);
        view.put("cash", Views.text(account.cash));
        Map<String, String> held = new TreeMap<>();
        account.holdings.forEach((symbol, it) -> held.put(symbol, Views.text(it.quantity())));
        view.put("positions", held);
        view.put("orders", account.orders.values().stream().map(Views::order).toList());
        view.put("postsByClientOrderId", Map.copyOf(account.postsByClientId));
        accounts.put(account.name, view);
      }
      Map<String, Object> quotes = new TreeMap<>();
      for (String symbol : exchange.quotes().symbols()) {
        exchange
            .quotes()
            .at(symbol, now)
            .ifPresent(quote -> quotes.put(symbol, Views.quote(symbol, quote)));
      }
      Map<String, Object> state = new LinkedHashMap<>();
      state.put(
          "clock",
          Map.of(
              "now", Views.time(now),
              "speed", exchange.clock().speed(),
              "isOpen", exchange.clock().hours().at(now).isPresent()));
      state.put("accounts", accounts);
      state.put("quotes", quotes);
      return state;
    }
  }

  /** Every order that there ever was, of one account or one symbol where asked. */
  Object orders(Context request) {
    String name = request.queryParam("account");
    String symbol = request.queryParam("symbol");
    synchronized (exchange) {
      exchange.match();
      return exchange.accounts().stream()
          .filter(account -> name == null || account.name.equals(name))
          .flatMap(account -> account.orders.values().stream())
          .filter(order -> symbol == null || order.terms.symbol().equals(symbol))
          .map(Views::order)
          .toList();
    }
  }

  /** The exchange's time. */
  Object now(Context request) {
    synchronized (exchange) {
      return Map.of("now", Views.time(exchange.clock().now()));
    }
  }

  Object clock(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    synchronized (exchange) {
      // what happens until then happens at the old pace
      exchange.match();
      Instant now =
          body.has("now")
              ? Instant.parse(body.get("now").asText())
              : exchange.clock().now().plus(Duration.ofSeconds(seconds(body)));
      if (body.has("paces")) {
        exchange.clock().set(now, paces(body.get("paces")));
      } else if (body.has("speed")) {
        exchange.clock().set(now, speed(body));
      } else {
        exchange.clock().set(now);
      }
      exchange.match();
      return Map.of("now", Views.time(now));
    }
  }

  /** Each minute of it may be looked at, with the exchange standing still meanwhile. */
  private static long seconds(JsonNode body) {
    long seconds = body.path("advanceSeconds").asLong(0);
    if (Math.abs(Math.max(seconds, -MOST_SECONDS - 1)) > MOST_SECONDS) {
      throw new Rejection(400, 0, "advanceSeconds must be at most ten years: " + MOST_SECONDS);
    }
    return seconds;
  }

  private static double speed(JsonNode body) {
    BigDecimal speed = AdminAccounts.number(body, "speed");
    if (speed.signum() < 0 || speed.compareTo(FASTEST) > 0) {
      throw new Rejection(400, 0, "speed must be from 0 to " + FASTEST.toPlainString());
    }
    return speed.doubleValue();
  }

  private static List<Pace> paces(JsonNode paces) {
    try {
      return SimulatorCommand.mapper().convertValue(paces, new TypeReference<List<Pace>>() {});
    } catch (IllegalArgumentException e) {
      throw new Rejection(400, 0, "paces must be a list of {from, open, closed}");
    }
  }

  /**
   * Pins a price; {"symbol", "unpin": true} lets it follow its path again. {"quotes": [...]} does
   * so with many at one moment. The answer says when it was.
   */
  Object quotes(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    List<JsonNode> asked = new ArrayList<>();
    (body.has("quotes") ? body.get("quotes") : List.of(body)).forEach(asked::add);
    asked.forEach(AdminRest::requirePrices);
    Instant asOf = exchange.clock().now();
    // a number that cannot be read leaves the others as they were
    asked.forEach(it -> priced(it, asOf));
    synchronized (exchange) {
      // what happened before has the price from before
      exchange.match();
      Instant now = exchange.clock().now();
      asked.forEach(it -> exchange.record(priced(it, now)));
      exchange.match();
      return Map.of("at", Views.time(now));
    }
  }

  private static boolean isUnpin(JsonNode quote) {
    return quote.path("unpin").asBoolean(false);
  }

  private static void requirePrices(JsonNode quote) {
    if (!isUnpin(quote) && (!quote.has("bid") || !quote.has("ask"))) {
      throw new Rejection(400, 0, "bid and ask are missing; give both, or unpin: true");
    }
  }

  private static Happening priced(JsonNode quote, Instant now) {
    String symbol = quote.path("symbol").asText();
    return isUnpin(quote)
        ? new Happening.Unpinned(symbol)
        : new Happening.Pinned(
            symbol,
            new Quotes.Quote(
                AdminAccounts.number(quote, "bid"),
                AdminAccounts.number(quote, "ask"),
                quote.has("at") ? Instant.parse(quote.get("at").asText()) : now));
  }

  /** An order as a dispatcher or a person at the broker would place it. */
  Object order(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    return orders.place(exchange.account(body.path("account").asText()), body);
  }
}
