package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;

/**
 * Historical bars page for page: stocks from {@code /v2/stocks/bars}, adjusted for splits,
 * contracts from {@code /v1beta1/options/bars}, which has no feed to choose.
 *
 * @param timeframe in Alpaca's words, such as {@code 1Min}
 * @param barsAPage at most 10,000
 * @param mostPages of one read; more are an answer that leads nowhere
 */
record BarPages(
    AlpacaHttp http, AlpacaSettings settings, String timeframe, int barsAPage, int mostPages) {
  /**
   * Reads bars that begin between two moments.
   *
   * @param instruments of one kind, at least one
   * @param bar called with each bar, of one instrument after the other
   * @throws BrokerException where they could not be read, or the bar's reader refuses one
   */
  void read(
      List<? extends Instrument> instruments,
      Instant firstInclusive,
      Instant lastInclusive,
      BiConsumer<Instrument, JsonNode> bar) {
    HttpUrl.Builder url =
        routed(instruments.getFirst())
            .addQueryParameter(
                "symbols",
                instruments.stream().map(Instrument::symbol).collect(Collectors.joining(",")))
            .addQueryParameter("timeframe", timeframe)
            .addQueryParameter("start", firstInclusive.toString())
            .addQueryParameter("end", lastInclusive.toString())
            .addQueryParameter("limit", Integer.toString(barsAPage));
    String what = "bars of " + shown(instruments);
    Map<String, Instrument> bySymbol =
        instruments.stream().collect(Collectors.toMap(Instrument::symbol, Function.identity()));
    for (int page = 0; page < mostPages; page++) {
      JsonNode answer = AlpacaHttp.readable(what, http.get("bars", url.build()));
      add(what, answer, bySymbol, bar);
      String next = answer.path("next_page_token").asText("");
      if (next.isEmpty() || answer.path("next_page_token").isNull()) {
        return;
      }
      url.setQueryParameter("page_token", next);
    }
    throw new BrokerException(BrokerException.Kind.UNREADABLE, what + ": pages without end");
  }

  private static String shown(List<? extends Instrument> instruments) {
    String first = instruments.getFirst().toString();
    return instruments.size() == 1
        ? first
        : first + " and %d more".formatted(instruments.size() - 1);
  }

  private HttpUrl.Builder routed(Instrument first) {
    return switch (first) {
      case Stock stock ->
          http.dataUrl("v2", "stocks/bars")
              .addQueryParameter("adjustment", "split")
              .addQueryParameter("feed", historicalFeed(settings.stockFeed()));
      case OptionContract contract -> http.dataUrl("v1beta1", "options/bars");
    };
  }

  /** No entry for a symbol means that it was not traded; no entries at all is no answer. */
  private static void add(
      String what,
      JsonNode answer,
      Map<String, Instrument> bySymbol,
      BiConsumer<Instrument, JsonNode> into) {
    JsonNode bars = answer.path("bars");
    if (!bars.isObject() && !bars.isNull()) {
      throw new BrokerException(BrokerException.Kind.UNREADABLE, what + ": no bars");
    }
    bySymbol.forEach(
        (symbol, instrument) -> {
          JsonNode own = bars.path(symbol);
          if (!own.isMissingNode() && !own.isNull()) {
            for (JsonNode bar : AlpacaJson.array(what, own)) {
              AlpacaJson.reading(
                  what,
                  () -> {
                    into.accept(instrument, bar);
                    return bar;
                  });
            }
          }
        });
  }

  /** History has fewer feeds than the latest quotes; of past days every one may read them all. */
  private static String historicalFeed(String feed) {
    return switch (feed) {
      case "delayed_sip", "overnight" -> "sip";
      default -> feed;
    };
  }
}
