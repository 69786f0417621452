package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import okhttp3.HttpUrl;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.PriceHistory;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.value.Price;

/**
 * Daily bars: stocks from {@code /v2/stocks/bars}, adjusted for splits, contracts from {@code
 * /v1beta1/options/bars}. A bar is stamped with the midnight in New York on which its day begins.
 */
final class AlpacaPriceHistory implements PriceHistory {
  private static final int BARS_A_PAGE = 1000;

  /** Of 1000 bars each: four years. More pages are an answer that leads nowhere. */
  private static final int MOST_PAGES = 10;

  private final AlpacaHttp http;
  private final AlpacaSettings settings;

  AlpacaPriceHistory(AlpacaHttp http, AlpacaSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  @Override
  public List<DailyBar> daily(
      Instrument instrument, LocalDate fromInclusive, LocalDate toExclusive) {
    HttpUrl.Builder url =
        switch (instrument) {
          case Stock stock ->
              http.dataUrl("v2", "stocks/bars")
                  .addQueryParameter("adjustment", "split")
                  .addQueryParameter("feed", historicalFeed(settings.stockFeed()));
          case OptionContract contract -> http.dataUrl("v1beta1", "options/bars");
        };
    url.addQueryParameter("symbols", instrument.symbol())
        .addQueryParameter("timeframe", "1Day")
        .addQueryParameter("start", midnight(fromInclusive))
        .addQueryParameter("end", midnight(toExclusive.minusDays(1)))
        .addQueryParameter("limit", Integer.toString(BARS_A_PAGE));
    return pages(instrument, url);
  }

  private List<DailyBar> pages(Instrument instrument, HttpUrl.Builder url) {
    List<DailyBar> bars = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = http.read("bars", url.build());
      add(instrument, answer, bars);
      String next = answer.path("next_page_token").asText("");
      if (next.isEmpty() || answer.path("next_page_token").isNull()) {
        bars.sort(Comparator.comparing(DailyBar::date));
        return List.copyOf(bars);
      }
      url.setQueryParameter("page_token", next);
    }
    throw new BrokerException(
        BrokerException.Kind.UNREADABLE, "bars of " + instrument + ": pages without end");
  }

  /** No entry for the symbol means that it was not traded; no entries at all is no answer. */
  private static void add(Instrument instrument, JsonNode answer, List<DailyBar> into) {
    String what = "bars of " + instrument;
    JsonNode bars = answer.path("bars");
    if (!bars.isObject() && !bars.isNull()) {
      throw new BrokerException(BrokerException.Kind.UNREADABLE, what + ": no bars");
    }
    JsonNode own = bars.path(instrument.symbol());
    if (own.isMissingNode() || own.isNull()) {
      return;
    }
    for (JsonNode bar : AlpacaJson.array(what, own)) {
      into.add(AlpacaJson.reading(what, () -> bar(bar)));
    }
  }

  private static DailyBar bar(JsonNode node) {
    return new DailyBar(
        LocalDate.ofInstant(AlpacaJson.instant(AlpacaJson.text(node, "t")), ExchangeZone.NEW_YORK),
        new Price(AlpacaJson.decimal(node, "h")),
        new Price(AlpacaJson.decimal(node, "l")),
        new Price(AlpacaJson.decimal(node, "c")));
  }

  private static String midnight(LocalDate date) {
    return date.atStartOfDay(ExchangeZone.NEW_YORK).toInstant().toString();
  }

  /** History has fewer feeds than the latest quotes; of past days every one may read them all. */
  private static String historicalFeed(String feed) {
    return switch (feed) {
      case "delayed_sip", "overnight" -> "sip";
      default -> feed;
    };
  }
}
