package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.activities.broker.QuoteRead;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.value.Price;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Latest quotes and trades: of stocks from {@code /v2/stocks/quotes/latest} and {@code
 * trades/latest}, of contracts from {@code /v1beta1/options/quotes/latest} and likewise, at most
 * 100 symbols a request. Contracts are asked for by their OCC symbol, never by the ticker of their
 * underlying. A quote that cannot be read is left out, which is unknown, so that it does not blind
 * the other positions; where none of an answer can be read, the read has failed. A symbol that is
 * refused is dropped from its request by name, or found by halving where the answer names none.
 */
final class AlpacaMarketData implements MarketData {
  private static final Logger log = LoggerFactory.getLogger(AlpacaMarketData.class);
  private static final int SYMBOLS = 100;

  /** More in one read is no matter of single symbols. */
  private static final int MOST_REFUSED_REQUESTS = 24;

  private final AlpacaHttp http;
  private final AlpacaSettings settings;
  private final RefusedSymbols refused;

  AlpacaMarketData(AlpacaHttp http, AlpacaSettings settings, LongSupplier nanoClock) {
    this(http, settings, new RefusedSymbols(nanoClock));
  }

  private AlpacaMarketData(AlpacaHttp http, AlpacaSettings settings, RefusedSymbols refused) {
    this.http = http;
    this.settings = settings;
    this.refused = refused;
  }

  @Override
  public MarketData forExits() {
    return new AlpacaMarketData(http.forExits(), settings, refused);
  }

  @Override
  public QuoteRead read(Set<Instrument> instruments) {
    Map<Instrument, String> leftOut = refused.among(instruments);
    Map<Instrument, Quote> quotes = latest("quotes", instruments, leftOut, AlpacaMarketData::quote);
    return new QuoteRead(quotes, leftOut);
  }

  @Override
  public Map<Instrument, Trade> trades(Set<Instrument> instruments) {
    return latest("trades", instruments, refused.among(instruments), AlpacaMarketData::trade);
  }

  /**
   * The latest of what is asked for, of every instrument that is not refused.
   *
   * @param leftOut instruments that are refused; those that are found to be are added
   */
  private <T> Map<Instrument, T> latest(
      String what,
      Set<Instrument> instruments,
      Map<Instrument, String> leftOut,
      BiFunction<Instrument, JsonNode, Optional<T>> parser) {
    Set<Instrument> wanted = new LinkedHashSet<>(instruments);
    wanted.removeAll(leftOut.keySet());
    Reading<T> reading = new Reading<>(what, leftOut, parser);
    for (List<Instrument> part : parts(stocks(wanted))) {
      reading.ask(part, "v2", "stocks/%s/latest".formatted(what), settings.stockFeed());
    }
    for (List<Instrument> part : parts(contracts(wanted))) {
      reading.ask(part, "v1beta1", "options/%s/latest".formatted(what), settings.optionFeed());
    }
    if (!instruments.isEmpty() && leftOut.keySet().containsAll(instruments)) {
      throw new BrokerException(BrokerException.Kind.REFUSED, what + ": " + leftOut);
    }
    return reading.found;
  }

  @Override
  public int requestsFor(Set<Instrument> instruments) {
    return requests(instruments).size();
  }

  /** Those of one request each: of one kind, and at most 100. */
  static List<List<Instrument>> requests(Set<Instrument> instruments) {
    List<List<Instrument>> requests = new ArrayList<>(parts(stocks(instruments)));
    requests.addAll(parts(contracts(instruments)));
    return requests;
  }

  private static List<Instrument> stocks(Set<Instrument> instruments) {
    return instruments.stream().filter(one -> one instanceof Stock).toList();
  }

  private static List<Instrument> contracts(Set<Instrument> instruments) {
    return instruments.stream().filter(one -> one instanceof OptionContract).toList();
  }

  private static List<List<Instrument>> parts(List<Instrument> all) {
    List<List<Instrument>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SYMBOLS) {
      parts.add(all.subList(from, Math.min(all.size(), from + SYMBOLS)));
    }
    return parts;
  }

  /** One read with its answers so far. */
  private final class Reading<T> {
    private final String what;
    private final Map<Instrument, T> found = new HashMap<>();
    private final Map<Instrument, String> leftOut;
    private final BiFunction<Instrument, JsonNode, Optional<T>> parser;
    private int refusedRequests;

    Reading(
        String what,
        Map<Instrument, String> leftOut,
        BiFunction<Instrument, JsonNode, Optional<T>> parser) {
      this.what = what;
      this.leftOut = leftOut;
      this.parser = parser;
    }

    private void ask(List<Instrument> part, String version, String path, String feed) {
      if (part.isEmpty()) {
        return;
      }
      HttpUrl url =
          http.dataUrl(version, path)
              .addQueryParameter(
                  "symbols", part.stream().map(Instrument::symbol).collect(Collectors.joining(",")))
              .addQueryParameter("feed", feed)
              .build();
      Answer answer = http.get(path, url);
      if (RefusedSymbols.isAbout(answer) && ++refusedRequests <= MOST_REFUSED_REQUESTS) {
        askWithout(part, answer, rest -> ask(rest, version, path, feed));
        return;
      }
      JsonNode node = AlpacaHttp.readable(path, answer).path(what);
      if (!node.isObject()) {
        throw new BrokerException(BrokerException.Kind.UNREADABLE, path + ": no " + what);
      }
      putReadable(part, node);
    }

    private void askWithout(
        List<Instrument> part, Answer answer, Consumer<List<Instrument>> again) {
      List<Instrument> named =
          part.size() == 1 ? part : RefusedSymbols.namedBy(answer.message(), part);
      for (Instrument one : named) {
        refused.add(one, answer.message());
        leftOut.put(one, answer.message());
      }
      if (named.isEmpty()) {
        again.accept(part.subList(0, part.size() / 2));
        again.accept(part.subList(part.size() / 2, part.size()));
      } else {
        again.accept(part.stream().filter(one -> !named.contains(one)).toList());
      }
    }

    private void putReadable(List<Instrument> part, JsonNode answers) {
      List<BrokerException> odd = new ArrayList<>();
      int readable = 0;
      for (Instrument one : part) {
        JsonNode node = answers.path(one.symbol());
        if (node.isObject()) {
          try {
            parser.apply(one, node).ifPresent(value -> found.put(one, value));
            readable++;
          } catch (BrokerException e) {
            odd.add(e);
            log.debug("left out: {}", e.getMessage());
          }
        }
      }
      if (!odd.isEmpty() && readable == 0) {
        throw odd.getFirst();
      }
    }
  }

  private static Optional<Trade> trade(Instrument instrument, JsonNode node) {
    return AlpacaJson.reading(
        "trade of " + instrument,
        () ->
            Optional.of(
                new Trade(
                    new Price(AlpacaJson.decimal(node, "p")),
                    AlpacaJson.instant(AlpacaJson.text(node, "t")))));
  }

  private static Optional<Quote> quote(Instrument instrument, JsonNode node) {
    return AlpacaJson.reading(
        "quote of " + instrument,
        () ->
            offered(
                instrument,
                AlpacaJson.decimal(node, "bp"),
                AlpacaJson.decimal(node, "ap"),
                AlpacaJson.instant(AlpacaJson.text(node, "t"))));
  }

  /**
   * An ask of 0 means that nobody offers: no quote. A bid of 0 is a price for a contract, not for a
   * share.
   *
   * @throws IllegalArgumentException where a price is negative
   */
  static Optional<Quote> offered(
      Instrument instrument, BigDecimal bid, BigDecimal ask, Instant at) {
    Price bidPrice = new Price(bid);
    Price askPrice = new Price(ask);
    return askPrice.isZero() || (bidPrice.isZero() && instrument instanceof Stock)
        ? Optional.empty()
        : Optional.of(new Quote(bidPrice, askPrice, at));
  }
}
