package org.positionmanager.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What tests and people may see and do beyond what a broker offers; no credentials, loopback. */
final class AdminRest {
  private final Exchange exchange;
  private final OrdersRest orders;
  private final Faults faults;
  private final RequestLog log;

  AdminRest(Exchange exchange, OrdersRest orders, Faults faults, RequestLog log) {
    this.exchange = exchange;
    this.orders = orders;
    this.faults = faults;
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
    return log.all().stream()
        .filter(entry -> account == null || entry.account().equals(account))
        .filter(entry -> method == null || entry.method().equals(method))
        .map(
            entry ->
                Map.of(
                    "sequence", entry.sequence(),
                    "account", entry.account(),
                    "method", entry.method(),
                    "path", entry.path(),
                    "query", entry.query(),
                    "at", Views.time(entry.at())))
        .toList();
  }

  Object clock(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
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
      exchange.record(new Happening.Unpinned(symbol));
      return Map.of();
    }
    if (!body.has("bid") || !body.has("ask")) {
      throw new Rejection(400, 0, "bid and ask are missing; give both, or unpin: true");
    }
    synchronized (exchange) {
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

  Object holdFills(Context request) {
    Account account = exchange.account(request.pathParam("name"));
    synchronized (exchange) {
      exchange.record(
          new Happening.FillsHeld(
              account.name, request.bodyAsClass(JsonNode.class).path("hold").asBoolean(true)));
      exchange.match();
    }
    return Map.of();
  }

  /** Fills part of an order by hand, at a price. */
  Object fill(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    synchronized (exchange) {
      Account account = exchange.account(body.path("account").asText());
      Order order = account.order(body.path("orderId").asText());
      exchange.fill(
          account,
          order,
          new BigDecimal(body.path("qty").asText()),
          new BigDecimal(body.path("price").asText()));
      return Views.order(order);
    }
  }

  Object addFault(Context request) {
    JsonNode body = request.bodyAsClass(JsonNode.class);
    String kind = body.path("kind").asText().toUpperCase(Locale.ROOT).replace('-', '_');
    if (List.of(Faults.Kind.values()).stream().noneMatch(it -> it.name().equals(kind))) {
      throw new Rejection(400, 0, "kind is unknown; use one of " + List.of(Faults.Kind.values()));
    }
    return faults
        .add(
            body.path("account").asText(""),
            body.path("method").asText(""),
            body.path("path").asText(".*"),
            Faults.Kind.valueOf(kind),
            body.path("status").asInt(500),
            body.path("times").asInt(1))
        .view();
  }

  Object fault(Context request) {
    return faults.get(Integer.parseInt(request.pathParam("id"))).view();
  }

  Object release(Context request) {
    boolean drop =
        !request.body().isBlank()
            && request.bodyAsClass(JsonNode.class).path("drop").asBoolean(false);
    faults.get(Integer.parseInt(request.pathParam("id"))).release(drop);
    return Map.of();
  }
}
