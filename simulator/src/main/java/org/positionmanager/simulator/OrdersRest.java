package org.positionmanager.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Alpaca's orders. */
final class OrdersRest {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private final Exchange exchange;
  private final Assets assets;
  private final ObjectMapper json = new ObjectMapper();

  OrdersRest(Exchange exchange) {
    this.exchange = exchange;
    assets = new Assets(exchange.quotes());
  }

  Object orders(Account account, Context request) {
    Params params = new Params(request);
    int limit = params.count("limit", USUAL_PAGE, 1, LARGEST_PAGE);
    boolean nested = params.flag("nested");
    boolean ascending = params.isAscending();
    synchronized (exchange) {
      exchange.match();
      Predicate<Order> filter = filter(account, params);
      // in the order of submission already
      List<Order> all = new ArrayList<>(account.orders.values());
      List<Order> found = (ascending ? all : all.reversed()).stream().filter(filter).toList();
      Predicate<Order> hidden = nested ? legsOf(account, found) : order -> false;
      return found.stream()
          .filter(hidden.negate())
          .limit(limit)
          .map(order -> view(account, order, nested))
          .toList();
    }
  }

  /** Legs that an order in the list shows under itself; others are listed like any order. */
  private static Predicate<Order> legsOf(Account account, List<Order> listed) {
    Set<String> shown =
        listed.stream()
            .flatMap(order -> account.legs(order).stream())
            .map(leg -> leg.terms.id())
            .collect(Collectors.toSet());
    return order -> shown.contains(order.terms.id());
  }

  private Predicate<Order> filter(Account account, Params params) {
    String status = params.text("status").orElse("open");
    List<String> symbols = params.list("symbols");
    List<String> classes = params.list("asset_class");
    Optional<String> side = params.choice("side", "buy", "sell");
    Optional<Instant> after = params.moment("after");
    Optional<Instant> until = params.moment("until");
    Optional<Order> before = params.text("before_order_id").map(account::order);
    Optional<Order> behind = params.text("after_order_id").map(account::order);
    // most callers ask for neither, and then all orders need not be numbered
    List<String> ids =
        before.isPresent() || behind.isPresent() ? List.copyOf(account.orders.keySet()) : List.of();
    Optional<Integer> beforeOrder = before.map(it -> ids.indexOf(it.terms.id()));
    Optional<Integer> afterOrder = behind.map(it -> ids.indexOf(it.terms.id()));
    if (!List.of("open", "closed", "all").contains(status)) {
      throw Params.invalid("status", status);
    }
    return order ->
        (status.equals("all") || status.equals("open") == order.isOpen())
            && (symbols.isEmpty() || isAbout(symbols, classes, order.terms.symbol()))
            && (classes.isEmpty()
                || classes.contains("all")
                || classes.contains(Assets.assetClass(order.terms.symbol())))
            && side.filter(it -> it.equals("buy") != order.terms.buy()).isEmpty()
            && after.filter(it -> !order.terms.submittedAt().isAfter(it)).isEmpty()
            && until.filter(it -> !order.terms.submittedAt().isBefore(it)).isEmpty()
            && beforeOrder.filter(it -> ids.indexOf(order.terms.id()) >= it).isEmpty()
            && afterOrder.filter(it -> ids.indexOf(order.terms.id()) <= it).isEmpty();
  }

  /** Where options are asked for, a symbol means those on it as well. */
  private static boolean isAbout(List<String> symbols, List<String> classes, String symbol) {
    return symbols.contains(symbol)
        || classes.contains("us_option")
            && OptionSymbol.of(symbol).filter(it -> symbols.contains(it.root())).isPresent();
  }

  private static Map<String, Object> view(Account account, Order order, boolean nested) {
    Map<String, Object> view = Views.order(order);
    List<Order> legs = nested ? account.legs(order) : List.of();
    if (!legs.isEmpty()) {
      view.put("legs", legs.stream().map(Views::order).toList());
    }
    return view;
  }

  Object order(Account account, Context request) {
    boolean nested = new Params(request).flag("nested");
    synchronized (exchange) {
      exchange.match();
      return view(account, account.order(request.pathParam("id")), nested);
    }
  }

  Object orderByClientId(Account account, Context request) {
    Params params = new Params(request);
    String id =
        params
            .text("client_order_id")
            .orElseThrow(() -> new Rejection(422, 40010001, "client_order_id is required"));
    synchronized (exchange) {
      return view(account, exchange.findByClientId(account, id), params.flag("nested"));
    }
  }

  Object place(Account account, Context request) {
    return place(account, body(request));
  }

  /** Takes an order and answers with it, its legs included. */
  Object place(Account account, JsonNode body) {
    OrderRequests.refuseMultiLeg(account, body);
    synchronized (exchange) {
      Order order = exchange.place(account, OrderRequests.ticket(body, assets));
      return view(account, order, true);
    }
  }

  private JsonNode body(Context request) {
    try {
      JsonNode body = json.readTree(request.body());
      if (body != null) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // answered below like a body that is missing
    }
    throw new Rejection(400, 40010000, "request body format is invalid");
  }

  Object replace(Account account, Context request) {
    Replacement replacement = OrderRequests.replacement(body(request));
    synchronized (exchange) {
      return Views.order(exchange.replace(account, request.pathParam("id"), replacement));
    }
  }

  Object cancel(Account account, Context request) {
    exchange.cancel(account, request.pathParam("id"));
    request.status(204);
    return null;
  }

  /** Asks for the end of every order; each has its own answer. */
  Object cancelAll(Account account, Context request) {
    synchronized (exchange) {
      exchange.match();
      request.status(207);
      return cancelAll(account);
    }
  }

  private List<Map<String, Object>> cancelAll(Account account) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Order order : List.copyOf(account.openOrders())) {
      int status = 200;
      try {
        // one that went with another's cancel is cancelled all the same
        if (order.isOpen()) {
          exchange.cancel(account, order.terms.id());
        }
      } catch (Rejection tooLate) {
        status = 500;
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("id", order.terms.id());
      answer.put("status", status);
      answers.add(answer);
    }
    return answers;
  }

  /** Cancels all, for a caller that has the exchange's lock. */
  void cancelAllOf(Account account) {
    cancelAll(account);
  }
}
