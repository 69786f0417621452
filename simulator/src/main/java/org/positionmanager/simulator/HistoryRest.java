package org.positionmanager.simulator;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.simulator.market.BidAsk;
import org.positionmanager.simulator.market.Span;
import org.positionmanager.simulator.market.Tape;
import org.positionmanager.simulator.market.Timeframe;
import org.positionmanager.simulator.market.Trade;

/** Alpaca's historical market data: pages by symbol, then time. */
final class HistoryRest {
  private static final int USUAL_LIMIT = 1_000;
  private static final int MOST = 10_000;

  private final Exchange exchange;
  private final Tape tape;
  private final MarketViews views;

  HistoryRest(Exchange exchange, Tape tape) {
    this.exchange = exchange;
    this.tape = tape;
    views = new MarketViews(tape);
  }

  private record Item(Instant at, Map<String, Object> view) {}

  private interface Source {
    List<Item> of(String symbol, Span span, int limit, boolean ascending);
  }

  Object quotes(Account account, Context request) {
    return stocks("quotes", request, this::quotes);
  }

  Object trades(Account account, Context request) {
    return stocks("trades", request, this::trades);
  }

  Object bars(Account account, Context request) {
    new DataQuery(request).checkAdjustment();
    return stocks("bars", request, bars(request));
  }

  Object optionTrades(Account account, Context request) {
    return pages("trades", new DataQuery(request).optionSymbols(), request, this::trades);
  }

  Object optionBars(Account account, Context request) {
    return pages("bars", new DataQuery(request).optionSymbols(), request, bars(request));
  }

  private Object stocks(String name, Context request, Source source) {
    DataQuery query = new DataQuery(request);
    query.historicalFeed();
    String symbol = request.pathParamMap().get("symbol");
    if (symbol == null) {
      return pages(name, query.symbols(), request, source);
    }
    Map<String, Object> page = pages(name, List.of(symbol), request, source);
    page.put(name, ((Map<?, ?>) page.get(name)).getOrDefault(symbol, null));
    page.computeIfAbsent(name, it -> List.of());
    page.put("symbol", symbol);
    return page;
  }

  private Map<String, Object> pages(
      String name, List<String> symbols, Context request, Source source) {
    DataQuery query = new DataQuery(request);
    int limit = query.limit(USUAL_LIMIT, MOST);
    boolean ascending = query.isAscending();
    Span span = span(query);
    Optional<List<String>> token = query.token();
    Map<String, Object> found = new LinkedHashMap<>();
    Optional<String> next = Optional.empty();
    int left = limit;
    for (String symbol : symbols) {
      if (token.filter(it -> symbol.compareTo(it.getFirst()) < 0).isPresent()) {
        continue;
      }
      Span rest =
          token
              .filter(it -> it.getFirst().equals(symbol))
              .map(it -> rest(span, it, ascending))
              .orElse(span);
      // one more than fits tells whether there is another page, and where it begins
      List<Item> items = source.of(symbol, rest, left + 1, ascending);
      List<Item> fitting = items.subList(0, Math.min(left, items.size()));
      if (!fitting.isEmpty()) {
        found.put(symbol, fitting.stream().map(Item::view).toList());
      }
      if (items.size() > left) {
        next = Optional.of(DataQuery.token(symbol, items.get(left).at().toString()));
        break;
      }
      left -= items.size();
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(name, found);
    page.put("next_page_token", next.orElse(null));
    return page;
  }

  private static Span rest(Span span, List<String> token, boolean ascending) {
    Instant at;
    try {
      at = Instant.parse(token.getLast());
    } catch (java.time.DateTimeException e) {
      throw DataQuery.refusal("invalid page_token");
    }
    return ascending ? new Span(at, span.to()) : new Span(span.from(), at.plusNanos(1));
  }

  private Span span(DataQuery query) {
    Instant now = exchange.clock().now();
    Instant today = now.atZone(NyseCalendar.ZONE).truncatedTo(ChronoUnit.DAYS).toInstant();
    Instant end = query.end("end").filter(it -> it.isBefore(now)).orElse(now.plusNanos(1));
    Instant start = query.moment("start").orElse(today);
    if (query.text("end").isPresent() && query.end("end").orElseThrow().isBefore(start)) {
      throw DataQuery.refusal("end should not be before start");
    }
    return new Span(start, end);
  }

  private List<Item> quotes(String symbol, Span span, int limit, boolean ascending) {
    List<BidAsk> quotes =
        ascending ? tape.quotes(symbol, span, limit) : tape.quotesBack(symbol, span, limit);
    List<Item> items = new ArrayList<>();
    for (BidAsk it : quotes) {
      Quotes.Quote quote = new Quotes.Quote(it.bid(), it.ask(), it.at());
      items.add(new Item(it.at(), DataRest.written(views.quote(symbol, quote))));
    }
    return items;
  }

  private List<Item> trades(String symbol, Span span, int limit, boolean ascending) {
    List<Trade> trades =
        ascending ? tape.trades(symbol, span, limit) : tape.tradesBack(symbol, span, limit);
    return trades.stream()
        .map(it -> new Item(it.at(), DataRest.written(views.trade(symbol, it))))
        .toList();
  }

  private Source bars(Context request) {
    Timeframe timeframe =
        new DataQuery(request)
            .text("timeframe")
            .map(
                text ->
                    Timeframe.of(text)
                        .orElseThrow(() -> DataQuery.refusal("invalid timeframe: " + text)))
            .orElseThrow(() -> DataQuery.refusal("timeframe is required"));
    return (symbol, span, limit, ascending) ->
        tape.bars(symbol, timeframe, span, exchange.clock().now(), limit, ascending).stream()
            .map(it -> new Item(it.at(), DataRest.written(views.bar(it))))
            .toList();
  }
}
