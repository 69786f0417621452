package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alpaca's positions: look, close, exercise. */
final class PositionsRest {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final int FRACTION_DIGITS = 9;

  private final Exchange exchange;
  private final OrdersRest orders;
  private final Assets assets;

  PositionsRest(Exchange exchange, OrdersRest orders) {
    this.exchange = exchange;
    this.orders = orders;
    assets = new Assets(exchange.quotes());
  }

  Object positions(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      Map<String, Account.Holding> holdings = holdings(account, request);
      PositionViews views = new PositionViews(exchange, account);
      return holdings.entrySet().stream()
          .map(held -> views.view(held.getKey(), held.getValue()))
          .toList();
    }
  }

  Object position(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      String symbol = symbol(request);
      Account.Holding holding = holdings(account, request).get(symbol);
      if (holding == null) {
        throw new Rejection(404, 40410000, "position does not exist");
      }
      return new PositionViews(exchange, account).view(symbol, holding);
    }
  }

  /** What is held, or what was a little ago where a fault lets positions lag. */
  private Map<String, Account.Holding> holdings(Account account, Context request) {
    Long lagMillis = request.attribute(Faults.LAG);
    return lagMillis == null
        ? account.holdings
        : account.holdingsAt(exchange.clock().now().minusMillis(lagMillis));
  }

  private String symbol(Context request) {
    String asked = request.pathParam("symbol");
    return assets.symbol(asked).orElse(asked);
  }

  /** Closes one position, or so many of it, or so many percent, by an order at the market. */
  Object close(Account account, Context request) {
    Params params = new Params(request);
    Optional<BigDecimal> quantity = params.number("qty");
    Optional<BigDecimal> percentage = params.number("percentage");
    if (quantity.isPresent() && percentage.isPresent()) {
      throw new Rejection(422, 40010001, "only one of qty or percentage is accepted");
    }
    if (percentage.filter(it -> it.signum() <= 0 || it.compareTo(HUNDRED) > 0).isPresent()) {
      throw Params.invalid("percentage", percentage.get().toPlainString());
    }
    synchronized (exchange) {
      exchange.match();
      String symbol = symbol(request);
      BigDecimal held = account.held(symbol);
      if (held.signum() == 0) {
        throw new Rejection(404, 40410000, "position not found: " + symbol);
      }
      BigDecimal part =
          quantity.or(() -> percentage.map(it -> share(held.abs(), it))).orElse(held.abs());
      return Views.order(exchange.place(account, Ticket.closing(symbol, held.signum() < 0, part)));
    }
  }

  /** Only of a position in fractions a fraction is sold. */
  private static BigDecimal share(BigDecimal held, BigDecimal percentage) {
    int digits = held.stripTrailingZeros().scale() > 0 ? FRACTION_DIGITS : 0;
    return held.multiply(percentage).movePointLeft(2).setScale(digits, RoundingMode.DOWN);
  }

  /** Closes every position; each has its own answer. */
  Object closeAll(Account account, Context request) {
    boolean cancelOrders = new Params(request).flag("cancel_orders");
    synchronized (exchange) {
      exchange.match();
      if (cancelOrders) {
        orders.cancelAllOf(account);
      }
      List<Map<String, Object>> answers = new ArrayList<>();
      for (String symbol : List.copyOf(account.holdings.keySet())) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("symbol", symbol);
        try {
          BigDecimal held = account.held(symbol);
          Order order =
              exchange.place(account, Ticket.closing(symbol, held.signum() < 0, held.abs()));
          answer.put("status", 200);
          answer.put("body", Views.order(order));
        } catch (Rejection rejection) {
          answer.put("status", rejection.status());
          answer.put("body", rejection.body());
        }
        answers.add(answer);
      }
      request.status(207);
      return answers;
    }
  }

  Object exercise(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      exchange.options().exercise(account, symbol(request), exchange.clock().now());
      return null;
    }
  }

  Object declineExercise(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      exchange.options().decline(account, symbol(request));
      return null;
    }
  }
}
