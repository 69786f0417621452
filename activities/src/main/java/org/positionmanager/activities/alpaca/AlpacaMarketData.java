package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.MarketData;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Price;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Latest quotes: stocks from {@code /v2/stocks/quotes/latest}, contracts from {@code
 * /v1beta1/options/quotes/latest}, at most 100 symbols a request. Contracts are asked for by their
 * OCC symbol, never by the ticker of their underlying. A quote that cannot be read is left out,
 * which is unknown, so that it does not blind the other positions; where none of an answer can be
 * read, the read has failed.
 */
final class AlpacaMarketData implements MarketData {
  private static final Logger log = LoggerFactory.getLogger(AlpacaMarketData.class);
  private static final int SYMBOLS = 100;

  private final AlpacaHttp http;
  private final AlpacaSettings settings;

  AlpacaMarketData(AlpacaHttp http, AlpacaSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  @Override
  public MarketData forExits() {
    return new AlpacaMarketData(http.forExits(), settings);
  }

  @Override
  public Map<Instrument, Quote> quotes(Set<Instrument> instruments) {
    Map<Instrument, Quote> quotes = new HashMap<>();
    List<Instrument> stocks = instruments.stream().filter(one -> one instanceof Stock).toList();
    List<Instrument> contracts =
        instruments.stream().filter(one -> one instanceof OptionContract).toList();
    read(stocks, "v2", "stocks/quotes/latest", settings.stockFeed(), quotes);
    read(contracts, "v1beta1", "options/quotes/latest", settings.optionFeed(), quotes);
    return quotes;
  }

  private void read(
      List<Instrument> wanted,
      String version,
      String path,
      String feed,
      Map<Instrument, Quote> into) {
    for (int from = 0; from < wanted.size(); from += SYMBOLS) {
      List<Instrument> part = wanted.subList(from, Math.min(wanted.size(), from + SYMBOLS));
      String symbols = part.stream().map(Instrument::symbol).collect(Collectors.joining(","));
      HttpUrl url =
          http.dataUrl(version, path)
              .addQueryParameter("symbols", symbols)
              .addQueryParameter("feed", feed)
              .build();
      JsonNode quotes = http.read(path, url).path("quotes");
      if (!quotes.isObject()) {
        throw new BrokerException(BrokerException.Kind.UNREADABLE, path + ": no quotes");
      }
      putReadable(part, quotes, into);
    }
  }

  private static void putReadable(
      List<Instrument> part, JsonNode quotes, Map<Instrument, Quote> into) {
    List<BrokerException> odd = new ArrayList<>();
    int readable = 0;
    for (Instrument one : part) {
      JsonNode node = quotes.path(one.symbol());
      if (node.isObject()) {
        try {
          quote(one, node).ifPresent(quote -> into.put(one, quote));
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

  /**
   * An ask of 0 means that nobody offers; a bid of 0 is a price for a contract, not for a share.
   */
  private static Optional<Quote> quote(Instrument instrument, JsonNode node) {
    return AlpacaJson.reading(
        "quote of " + instrument,
        () -> {
          Price bid = new Price(AlpacaJson.decimal(node, "bp"));
          Price ask = new Price(AlpacaJson.decimal(node, "ap"));
          if (ask.isZero() || (bid.isZero() && instrument instanceof Stock)) {
            return Optional.empty();
          }
          return Optional.of(new Quote(bid, ask, AlpacaJson.instant(AlpacaJson.text(node, "t"))));
        });
  }
}
