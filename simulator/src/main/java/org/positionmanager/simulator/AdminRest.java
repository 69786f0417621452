package org.positionmanager.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tests and people may see and do beyond what a broker offers; no credentials, loopback. */
final class AdminRest {
  private final Exchange exchange;
  private final OrdersRest orders;
  private final RequestLog log;

  AdminRest(Exchange exchange, OrdersRest orders, RequestLog log) {
    this.exchange = exchange;
    this.orders = orders;
    this.log = log;
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

  Object requests(Context request) {
    String account = request.queryParam("account");
    String method = request.queryParam("method");
    int after = new Params(request).count("after", 0, 0, Integer.MAX_VALUE);
    return log.all().stream()
        .filter(entry -> entry.sequence() > after)
        .filter(entry -> account == null || entry.account().equals(account))
        .filter(entry -> method == null || entry.method().equals(method))
        .map(AdminRest::view)
        .toList();
  }

  private static Map<String, Object> view(RequestLog.Entry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", entry.sequence());
    view.put("id", entry.id());
    view.put("account", entry.account());
    view.put("method", entry.method());
    view.put("path", entry.path());
    view.put("query", entry.query());
    view.put("body", entry.body());
    view.put("at", Views.time(entry.at()));
    return view;
  }

  /** How many requests there were ever, by account and method. */
  Object counts(Context request) {
    return log.counts();
  }

  /** Every order that an account ever had, or all accounts. */
  Object orders(Context request) {
    String name = request.queryParam("account");
    synchronized (exchange) {
      exchange.match();
      return exchange.accounts().stream()
          .filter(account -> name == null || account.name.equals(name))
          .flatMap(account -> account.orders.values().stream())
          .map(Views::order)
          .toList();
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
              : exchange
                  .clock()
                  .now()
                  .plus(Duration.ofSeconds(body.path("advanceSeconds").asLong(0)));
      if (body.has("paces")) {
        exchange.clock().set(now, paces(body.get("paces")));
      } else if (body.has("speed")) {
        exchange.clock().set(now, body.get("speed").asDouble());
      } else {
        exchange.clock().set(now);
      }
      exchange.match();
      return Map.of("now", Views.time(now));
    }
  }

  private static List<Pace> paces(JsonNode paces) {
    try {
      return SimulatorCommand.mapper().convertValue(paces, new TypeReference<List<Pace>>() {});
    } catch (IllegalArgumentException e) {
      throw new Rejection(400, 0, "paces must be a list of {from, open, closed}");
    }
  }

  /** Pins a price; {"symbol", "unpin": true} lets it follow its path again. */
  Object quotes(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    String symbol = body.path("symbol").asText();
    if (body.path("unpin").asBoolean(false)) {
      synchronized (exchange) {
        exchange.match();
        exchange.record(new Happening.Unpinned(symbol));
      }
      return Map.of();
    }
    if (!body.has("bid") || !body.has("ask")) {
      throw new Rejection(400, 0, "bid and ask are missing; give both, or unpin: true");
    }
    synchronized (exchange) {
      // what happened before has the price from before
      exchange.match();
      exchange.record(
          new Happening.Pinned(
              symbol,
              new Quotes.Quote(
                  new BigDecimal(body.get("bid").asText()),
                  new BigDecimal(body.get("ask").asText()),
                  body.has("at")
                      ? Instant.parse(body.get("at").asText())
                      : exchange.clock().now())));
      exchange.match();
    }
    return Map.of();
  }

  /** An order as a dispatcher or a person at the broker would place it. */
  Object order(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    return orders.place(exchange.account(body.path("account").asText()), body);
  }
}
