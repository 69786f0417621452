package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.math.BigDecimal;
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

  private final Exchange exchange;
  private final Tape tape;
  private final MarketViews views;
  private final DataRest latest;
  private final StreamSettings plans;
  private final Indicative indicative;

  OptionDataRest(
      Exchange exchange, Tape tape, DataRest latest, StreamSettings plans, Indicative indicative) {
    this.indicative = indicative;
    this.exchange = exchange;
    this.tape = tape;
    this.latest = latest;
    this.plans = plans;
    views = new MarketViews(tape);
  }

  /** Latest quotes of up to 100 contracts; those without a quote are left out. */
  Object latestQuotes(Account account, Context request) {
    boolean near = isIndicative(account, request);
    Map<String, Object> found = new TreeMap<>();
    for (String symbol : new DataQuery(request).optionSymbols()) {
      quote(symbol, exchange.clock().now(), near).ifPresent(it -> found.put(symbol, it));
    }
    return Map.of("quotes", found);
  }

  private Optional<Map<String, Object>> quote(String symbol, Instant now, boolean near) {
    return exchange
        .quotes()
        .at(symbol, now)
        .map(it -> near ? indicative.near(symbol, it) : it)
        .map(it -> DataRest.written(views.quote(symbol, it)));
  }

  Object latestTrades(Account account, Context request) {
    boolean late = isIndicative(account, request);
    Map<String, Object> found = new TreeMap<>();
    for (String symbol : new DataQuery(request).optionSymbols()) {
      trade(symbol, exchange.clock().now(), late).ifPresent(it -> found.put(symbol, it));
    }
    return Map.of("trades", found);
  }

  private Optional<Map<String, Object>> trade(String symbol, Instant now, boolean late) {
    return tape.last(symbol, late ? now.minus(Indicative.DELAY) : now)
        .map(it -> DataRest.written(views.trade(symbol, it)));
  }

  private boolean isIndicative(Account account, Context request) {
    Optional<String> feed = new DataQuery(request).optionFeed();
    boolean free = plans.freeAccounts().contains(account.name);
    if (feed.filter("opra"::equals).isPresent() && free) {
      throw new Rejection(403, 40310000, "subscription does not permit querying OPRA data");
    }
    return Indicative.isFeed(feed, free);
  }

  Object snapshots(Account account, Context request) {
    DataQuery query = new DataQuery(request);
    return page(query.optionSymbols(), query, isIndicative(account, request));
  }

  /** All contracts of an underlying that pass the filters. */
  Object chain(Account account, Context request) {
    boolean near = isIndicative(account, request);
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
    return page(symbols, query, near);
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

  private Object page(List<String> symbols, DataQuery query, boolean near) {
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
      Optional<Map<String, Object>> view = snapshot(symbol, now, near);
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

  private Optional<Map<String, Object>> snapshot(String symbol, Instant now, boolean near) {
    return latest
        .snapshot(symbol, now)
        .map(
            view -> {
              quote(symbol, now, near).ifPresent(it -> view.put("latestQuote", it));
              view.remove("latestTrade");
              trade(symbol, now, near).ifPresent(it -> view.put("latestTrade", it));
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
