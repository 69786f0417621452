package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Tells what reached the broker. */
final class AdminRequests {
  private static final int USUAL_PAGE = 1_000;
  private static final int LARGEST_PAGE = 10_000;

  /** Requests of which each may make an order that no other names. */
  private static final Set<String> CLOSINGS = Set.of("/v2/positions", "/v2/positions/{symbol}");

  private final Exchange exchange;
  private final RequestLog log;

  AdminRequests(Exchange exchange, RequestLog log) {
    this.exchange = exchange;
    this.log = log;
  }

  /** A page of them; {@code next}, where it is there, is what to ask {@code after} with. */
  Object requests(Context request) {
    Params params = new Params(request);
    RequestLog.Page page =
        log.find(
            new RequestLog.Query(
                Optional.ofNullable(request.queryParam("account")),
                params.text("method"),
                params.text("path").map(AdminRequests::pattern),
                params.moment("since"),
                params.count("after", 0, 0, Integer.MAX_VALUE),
                params.count("limit", USUAL_PAGE, 1, LARGEST_PAGE)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("requests", page.requests().stream().map(AdminRequests::view).toList());
    page.next().ifPresent(it -> view.put("next", it));
    view.put("dropped", page.dropped());
    return view;
  }

  private static Pattern pattern(String path) {
    try {
      return Pattern.compile(path);
    } catch (PatternSyntaxException e) {
      throw new Rejection(400, 0, "path is no regular expression: " + e.getDescription());
    }
  }

  private static Map<String, Object> view(RequestLog.Entry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", entry.sequence());
    view.put("id", entry.id());
    view.put("account", entry.account());
    view.put("method", entry.method());
    view.put("route", entry.route());
    view.put("path", entry.path());
    view.put("query", entry.query());
    view.put("body", entry.body());
    view.put("at", Views.time(entry.at()));
    return view;
  }

  /** How many requests there were ever, by account, method and route. */
  Object counts(Context request) {
    return log.counts().entrySet().stream()
        .map(
            count -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("account", count.getKey().account());
              view.put("method", count.getKey().method());
              view.put("route", count.getKey().route());
              view.put("count", count.getValue());
              return view;
            })
        .toList();
  }

  /** How many orders reached the broker, of one account or of all; whatever was answered. */
  Object orders(Context request) {
    Optional<String> account = Optional.ofNullable(request.queryParam("account"));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("posted", count(account, "POST", Set.of("/v2/orders")));
    view.put("replacements", count(account, "PATCH", Set.of("/v2/orders/{id}")));
    view.put("closings", count(account, "DELETE", CLOSINGS));
    synchronized (exchange) {
      exchange.match();
      view.put(
          "taken",
          exchange.accounts().stream()
              .filter(it -> account.isEmpty() || account.get().equals(it.name))
              .mapToInt(it -> it.orders.size())
              .sum());
    }
    return view;
  }

  private int count(Optional<String> account, String method, Set<String> routes) {
    return log.counts().entrySet().stream()
        .filter(it -> account.isEmpty() || account.get().equals(it.getKey().account()))
        .filter(it -> it.getKey().method().equals(method))
        .filter(it -> routes.contains(it.getKey().route()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
