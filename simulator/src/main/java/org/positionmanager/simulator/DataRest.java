package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.positionmanager.simulator.market.Bar;
import org.positionmanager.simulator.market.Tape;

/** Alpaca's latest market data of stocks: quotes, trades, bars and snapshots. */
final class DataRest {
  private static final Duration DELAY = Duration.ofMinutes(15);

  private final Exchange exchange;
  private final Tape tape;
  private final MarketViews views;
  private final StreamSettings plans;

  DataRest(Exchange exchange, Tape tape, StreamSettings plans) {
    this.exchange = exchange;
    this.tape = tape;
    this.plans = plans;
    views = new MarketViews(tape);
  }

  /** Latest quotes of several symbols; those without a quote are left out. */
  Object latestQuotes(Account account, Context request) {
    return several("quotes", account, request, this::quote);
  }

  Object latestTrades(Account account, Context request) {
    return several("trades", account, request, this::trade);
  }

  Object latestBars(Account account, Context request) {
    return several("bars", account, request, this::minute);
  }

  /** Snapshots are a bare map, unlike the others. */
  Object snapshots(Account account, Context request) {
    return found(new DataQuery(request).symbols(), moment(account, request), this::snapshot);
  }

  Object latestQuote(Account account, Context request) {
    return single("quote", account, request, this::quote);
  }

  Object latestTrade(Account account, Context request) {
    return single("trade", account, request, this::trade);
  }

  Object latestBar(Account account, Context request) {
    return single("bar", account, request, this::minute);
  }

  Object snapshot(Account account, Context request) {
    String symbol = request.pathParam("symbol");
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("symbol", symbol);
    view.putAll(
        snapshot(symbol, moment(account, request)).orElseThrow(() -> missing("snapshot", symbol)));
    return view;
  }

  private interface View {
    Optional<Map<String, Object>> of(String symbol, Instant moment);
  }

  private Object several(String name, Account account, Context request, View view) {
    return Map.of(name, found(new DataQuery(request).symbols(), moment(account, request), view));
  }

  private static Map<String, Object> found(List<String> symbols, Instant moment, View view) {
    Map<String, Object> found = new TreeMap<>();
    symbols.stream()
        .filter(symbol -> !Symbols.isOption(symbol))
        .forEach(symbol -> view.of(symbol, moment).ifPresent(it -> found.put(symbol, it)));
    return found;
  }

  private Object single(String name, Account account, Context request, View view) {
    String symbol = request.pathParam("symbol");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("symbol", symbol);
    answer.put(
        name, view.of(symbol, moment(account, request)).orElseThrow(() -> missing(name, symbol)));
    return answer;
  }

  private static Rejection missing(String name, String symbol) {
    return new Rejection(404, 40410000, "no " + name + " found for " + symbol);
  }

  /** The moment that the asked feed shows. */
  private Instant moment(Account account, Context request) {
    Optional<String> feed = new DataQuery(request).latestFeed();
    if (feed.filter("sip"::equals).isPresent() && plans.freeAccounts().contains(account.name)) {
      throw new Rejection(403, 40310000, "subscription does not permit querying recent SIP data");
    }
    Instant now = exchange.clock().now();
    return feed.filter("delayed_sip"::equals).isPresent() ? now.minus(DELAY) : now;
  }

  private Optional<Map<String, Object>> quote(String symbol, Instant moment) {
    boolean delayed = moment.isBefore(exchange.clock().now().minus(DELAY).plusSeconds(1));
    return (delayed
            ? exchange.quotes().recorded(symbol, moment)
            : exchange.quotes().at(symbol, moment))
        .map(it -> written(views.quote(symbol, it)));
  }

  private Optional<Map<String, Object>> trade(String symbol, Instant moment) {
    return tape.last(symbol, moment).map(it -> written(views.trade(symbol, it)));
  }

  private Optional<Map<String, Object>> minute(String symbol, Instant moment) {
    return tape.minute(symbol, moment).map(it -> written(views.bar(it)));
  }

  /** Everything latest of a symbol; empty where it has no quote. */
  Optional<Map<String, Object>> snapshot(String symbol, Instant moment) {
    Function<Bar, Map<String, Object>> bar = it -> written(views.bar(it));
    return quote(symbol, moment)
        .map(
            quote -> {
              Map<String, Object> view = new LinkedHashMap<>();
              trade(symbol, moment).ifPresent(it -> view.put("latestTrade", it));
              view.put("latestQuote", quote);
              minute(symbol, moment).ifPresent(it -> view.put("minuteBar", it));
              List<Bar> days = tape.lastTwoDays(symbol, moment);
              days.stream().findFirst().map(bar).ifPresent(it -> view.put("dailyBar", it));
              days.stream()
                  .skip(1)
                  .findFirst()
                  .map(bar)
                  .ifPresent(it -> view.put("prevDailyBar", it));
              return view;
            });
  }

  /** With its moment as REST writes it. */
  static Map<String, Object> written(Map<String, Object> view) {
    view.computeIfPresent("t", (name, moment) -> Views.time((Instant) moment));
    return view;
  }
}
