package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.positionmanager.simulator.market.BlackScholes;
import org.positionmanager.simulator.market.ModelledOption;
import org.positionmanager.simulator.market.OptionContract;
import org.positionmanager.simulator.market.Tape;

/** Alpaca's latest market data of options: quotes, trades, snapshots and chains. */
final class OptionDataRest {
  private static final int USUAL_LIMIT = 100;
  private static final int MOST = 1_000;

  /** Trades of the free feed are so old. */
  private static final Duration DELAY = Duration.ofMinutes(15);

  private final Exchange exchange;
  private final Tape tape;
  private final MarketViews views;
  private final DataRest latest;
  private final StreamSettings plans;

  OptionDataRest(Exchange exchange, Tape tape, DataRest latest, StreamSettings plans) {
    this.exchange = exchange;
    this.tape = tape;
    this.latest = latest;
    this.plans = plans;
    views = new MarketViews(tape);
  }

  /** Latest quotes of up to 100 contracts; those without a quote are left out. */
  Object latestQuotes(Account account, Context request) {
    checkFeed(account, request);
    Instant now = exchange.clock().now();
    Map<String, Object> found = new TreeMap<>();
    for (String symbol : new DataQuery(request).optionSymbols()) {
      exchange
          .quotes()
          .at(symbol, now)
          .ifPresent(it -> found.put(symbol, DataRest.written(views.quote(symbol, it))));
    }
    return Map.of("quotes", found);
  }

  Object latestTrades(Account account, Context request) {
    boolean delayed = checkFeed(account, request).filter("indicative"::equals).isPresent();
    Instant now = exchange.clock().now();
    Map<String, Object> found = new TreeMap<>();
    for (String symbol : new DataQuery(request).optionSymbols()) {
      tape.last(symbol, delayed ? now.minus(DELAY) : now)
          .ifPresent(it -> found.put(symbol, DataRest.written(views.trade(symbol, it))));
    }
    return Map.of("trades", found);
  }

  private Optional<String> checkFeed(Account account, Context request) {
    Optional<String> feed = new DataQuery(request).optionFeed();
    if (feed.filter("opra"::equals).isPresent() && plans.freeAccounts().contains(account.name)) {
      throw new Rejection(403, 40310000, "subscription does not permit querying OPRA data");
    }
    return feed;
  }

  Object snapshots(Account account, Context request) {
    checkFeed(account, request);
    return page(new DataQuery(request).optionSymbols(), new DataQuery(request));
  }

  /** All contracts of an underlying that pass the filters. */
  Object chain(Account account, Context request) {
    checkFeed(account, request);
    DataQuery query = new DataQuery(request);
    String underlying = request.pathParam("underlying");
    Filter filter = filter(query);
    List<String> symbols =
        exchange.quotes().symbols().stream()
            .filter(
                symbol ->
                    OptionContract.of(symbol)
                        .filter(it -> it.root().equals(underlying))
                        .filter(filter::accepts)
                        .isPresent())
            .toList();
    return page(symbols, query);
  }

  private interface Filter {
    boolean accepts(OptionContract contract);
  }

  private static Filter filter(DataQuery query) {
    Optional<String> type = query.text("type");
    if (type.filter(it -> !it.equals("call") && !it.equals("put")).isPresent()) {
      throw DataQuery.refusal("invalid type: " + type.get());
    }
    Optional<BigDecimal> lowest = query.number("strike_price_gte");
    Optional<BigDecimal> highest = query.number("strike_price_lte");
    Optional<LocalDate> on = query.date("expiration_date");
    Optional<LocalDate> from = query.date("expiration_date_gte");
    Optional<LocalDate> to = query.date("expiration_date_lte");
    Optional<String> root = query.text("root_symbol");
    return it ->
        type.filter(name -> name.equals("call") != it.call()).isEmpty()
            && lowest.filter(strike -> it.strike().compareTo(strike) < 0).isEmpty()
            && highest.filter(strike -> it.strike().compareTo(strike) > 0).isEmpty()
            && on.filter(date -> !it.expiration().equals(date)).isEmpty()
            && from.filter(date -> it.expiration().isBefore(date)).isEmpty()
            && to.filter(date -> it.expiration().isAfter(date)).isEmpty()
            && root.filter(name -> !it.root().equals(name)).isEmpty();
  }

  private Object page(List<String> symbols, DataQuery query) {
    int limit = query.limit(USUAL_LIMIT, MOST);
    String after = query.token().map(List::getFirst).orElse("");
    Optional<Instant> since = query.moment("updated_since");
    Instant now = exchange.clock().now();
    Map<String, Object> found = new TreeMap<>();
    String last = null;
    String next = null;
    for (String symbol : symbols) {
      if (symbol.compareTo(after) <= 0 || !isUpdated(symbol, since, now)) {
        continue;
      }
      if (found.size() == limit) {
        next = DataQuery.token(last);
        break;
      }
      Optional<Map<String, Object>> view = snapshot(symbol, now);
      if (view.isPresent()) {
        found.put(symbol, view.get());
        last = symbol;
      }
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("snapshots", found);
    page.put("next_page_token", next);
    return page;
  }

  private boolean isUpdated(String symbol, Optional<Instant> since, Instant now) {
    return since.isEmpty()
        || exchange
            .quotes()
            .at(symbol, now)
            .filter(it -> !it.at().isBefore(since.get()))
            .isPresent();
  }

  private Optional<Map<String, Object>> snapshot(String symbol, Instant now) {
    return latest
        .snapshot(symbol, now)
        .map(
            view -> {
              if (exchange.quotes().source(symbol).orElse(null) instanceof ModelledOption option) {
                option.model(now).ifPresent(it -> view.put("greeks", greeks(it)));
                view.put("impliedVolatility", option.volatility());
              }
              return view;
            });
  }

  private static Map<String, Object> greeks(BlackScholes model) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("delta", model.delta());
    view.put("gamma", model.gamma());
    view.put("rho", model.rho());
    view.put("theta", model.theta());
    view.put("vega", model.vega());
    return view;
  }
}
