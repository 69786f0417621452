package org.positionmanager.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Alpaca's trading REST, as far as this version goes. */
final class TradingRest {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

  private static final String PACE_HEADER = "X-Simulated-Pace";
  private static final String NEXT_PACE_HEADER = "X-Simulated-Next-Pace";

  private final Exchange exchange;

  TradingRest(Exchange exchange) {
    this.exchange = exchange;
  }

  Object account(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      BigDecimal equity = account.cash;
      for (Map.Entry<String, Account.Holding> held : account.holdings.entrySet()) {
        Map<String, Object> view = position(account, held.getKey());
        equity = equity.add(new BigDecimal((String) view.get("market_value")));
      }
      return Views.account(account, equity);
    }
  }

  Object clock(Account account, Context request) {
    Instant now = exchange.clock().now();
    MarketHours hours = exchange.clock().hours();
    Optional<NyseCalendar.Session> current = hours.at(now);
    NyseCalendar.Session next = hours.next(now);
    tellPace(request);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("timestamp", Views.time(now));
    view.put("is_open", current.isPresent());
    view.put("next_open", Views.time(next.open()));
    view.put("next_close", Views.time(current.orElse(next).close()));
    return view;
  }

  /** Alpaca knows no such header: a client that does can tell simulated days from real ones. */
  private void tellPace(Context request) {
    if (exchange.clock().isSimulated()) {
      request.header(PACE_HEADER, Double.toString(exchange.clock().speed()));
      exchange
          .clock()
          .nextPace()
          .ifPresent(
              next -> request.header(NEXT_PACE_HEADER, next.open() + " from " + next.from()));
    }
  }

  Object calendar(Account account, Context request) {
    LocalDate start = LocalDate.parse(request.queryParamAsClass("start", String.class).get());
    LocalDate end = LocalDate.parse(request.queryParamAsClass("end", String.class).get());
    return start
        .datesUntil(end.plusDays(1))
        .flatMap(date -> exchange.clock().hours().on(date).stream())
        .map(
            session ->
                Map.of(
                    "date", session.date().toString(),
                    "open", hour(session.open()),
                    "close", hour(session.close()),
                    "session_open", "0400",
                    "session_close", "2000",
                    "settlement_date", session.date().plusDays(1).toString()))
        .toList();
  }

  private static String hour(Instant moment) {
    return LocalTime.from(moment.atZone(NyseCalendar.ZONE)).format(HOUR);
  }

  Object positions(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      return account.holdings.keySet().stream().map(symbol -> position(account, symbol)).toList();
    }
  }

  Object position(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      String symbol = request.pathParam("symbol");
      if (!account.holdings.containsKey(symbol)) {
        throw new Rejection(404, 40410000, "position does not exist");
      }
      return position(account, symbol);
    }
  }

  private Map<String, Object> position(Account account, String symbol) {
    return Views.position(
        account,
        symbol,
        account.holdings.get(symbol),
        exchange.quotes().at(symbol, exchange.clock().now()));
  }

  Object orders(Account account, Context request) {
    String status = Optional.ofNullable(request.queryParam("status")).orElse("open");
    int limit =
        Math.min(
            500, Integer.parseInt(Optional.ofNullable(request.queryParam("limit")).orElse("50")));
    Optional<Instant> after = moment(request, "after");
    Optional<Instant> until = moment(request, "until");
    List<String> symbols =
        Optional.ofNullable(request.queryParam("symbols"))
            .map(it -> List.of(it.split(",")))
            .orElse(List.of());
    Comparator<Order> bySubmission = Comparator.comparing(order -> order.terms.submittedAt());
    boolean ascending = "asc".equals(request.queryParam("direction"));
    synchronized (exchange) {
      exchange.match();
      Stream<Order> found =
          account.orders.values().stream()
              .filter(
                  order ->
                      switch (status) {
                        case "open" -> order.isOpen();
                        case "closed" -> !order.isOpen();
                        default -> true;
                      })
              .filter(order -> symbols.isEmpty() || symbols.contains(order.terms.symbol()))
              .filter(order -> after.isEmpty() || order.terms.submittedAt().isAfter(after.get()))
              .filter(order -> until.isEmpty() || order.terms.submittedAt().isBefore(until.get()))
              .sorted(ascending ? bySubmission : bySubmission.reversed())
              .limit(limit);
      return found.map(Views::order).toList();
    }
  }

  Object order(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      return Views.order(account.order(request.pathParam("id")));
    }
  }

  Object orderByClientId(Account account, Context request) {
    synchronized (exchange) {
      return Views.order(exchange.findByClientId(account, request.queryParam("client_order_id")));
    }
  }

  Object place(Account account, Context request) {
    return place(account, request.bodyAsClass(JsonNode.class));
  }

  Object place(Account account, JsonNode body) {
    synchronized (exchange) {
      return Views.order(exchange.place(account, ticket(body)));
    }
  }

  private static Exchange.Ticket ticket(JsonNode body) {
    String side = body.path("side").asText();
    if (!side.equals("buy") && !side.equals("sell")) {
      throw new Rejection(422, 40010001, "side must be buy or sell");
    }
    return new Exchange.Ticket(
        body.path("symbol").asText(),
        side.equals("buy"),
        number(body, "qty")
            .orElseThrow(() -> new Rejection(422, 40010001, "qty or notional is required")),
        body.path("type").asText("market"),
        body.path("time_in_force").asText("day"),
        body.path("order_class").asText("simple"),
        text(body, "client_order_id"),
        text(body, "position_intent"),
        number(body, "limit_price"),
        number(body, "stop_price"),
        number(body.path("take_profit"), "limit_price"),
        number(body.path("stop_loss"), "stop_price"));
  }

  private static Optional<String> text(JsonNode body, String field) {
    return Optional.of(body.path(field).asText("")).filter(it -> !it.isEmpty());
  }

  private static Optional<BigDecimal> number(JsonNode body, String field) {
    return text(body, field).map(BigDecimal::new);
  }

  Object cancel(Account account, Context request) {
    exchange.cancel(account, request.pathParam("id"));
    request.status(204);
    return null;
  }

  Object activities(Account account, Context request) {
    String types =
        Optional.ofNullable(request.queryParam("activity_types"))
            .or(() -> Optional.ofNullable(request.pathParamMap().get("type")))
            .orElse("FILL");
    if (!List.of(types.split(",")).contains("FILL")) {
      return List.of();
    }
    Optional<Instant> after = moment(request, "after");
    Optional<String> token = Optional.ofNullable(request.queryParam("page_token"));
    int size = Integer.parseInt(Optional.ofNullable(request.queryParam("page_size")).orElse("100"));
    synchronized (exchange) {
      exchange.match();
      List<Account.Fill> fills =
          new ArrayList<>(
              account.fills.stream()
                  .filter(fill -> after.isEmpty() || fill.at().isAfter(after.get()))
                  .toList());
      if (!"asc".equals(request.queryParam("direction"))) {
        java.util.Collections.reverse(fills);
      }
      int from =
          token.map(id -> 1 + fills.stream().map(Account.Fill::id).toList().indexOf(id)).orElse(0);
      return fills.stream().skip(from).limit(size).map(fill -> Views.fill(account, fill)).toList();
    }
  }

  private static Optional<Instant> moment(Context request, String name) {
    return Optional.ofNullable(request.queryParam(name))
        .map(
            text ->
                text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant());
  }
}
