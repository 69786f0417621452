package org.positionmanager.activities.alpaca;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.positionmanager.activities.broker.PriceHistory;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.value.Price;

/** Daily bars. One is stamped with the midnight in New York on which its day begins. */
final class AlpacaPriceHistory implements PriceHistory {
  private static final int BARS_A_PAGE = 1000;

  /** Of 1000 bars each: four years. */
  private static final int MOST_PAGES = 10;

  private final BarPages pages;

  AlpacaPriceHistory(AlpacaHttp http, AlpacaSettings settings) {
    pages = new BarPages(http, settings, "1Day", BARS_A_PAGE, MOST_PAGES);
  }

  @Override
  public List<DailyBar> daily(
      Instrument instrument, LocalDate fromInclusive, LocalDate toExclusive) {
    List<DailyBar> bars = new ArrayList<>();
    pages.read(
        List.of(instrument),
        midnight(fromInclusive),
        midnight(toExclusive.minusDays(1)),
        (any, bar) -> bars.add(bar(bar)));
    bars.sort(Comparator.comparing(DailyBar::date));
    return List.copyOf(bars);
  }

  private static DailyBar bar(JsonNode node) {
    return new DailyBar(
        LocalDate.ofInstant(AlpacaJson.instant(AlpacaJson.text(node, "t")), ExchangeZone.NEW_YORK),
        new Price(AlpacaJson.decimal(node, "h")),
        new Price(AlpacaJson.decimal(node, "l")),
        new Price(AlpacaJson.decimal(node, "c")));
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
  }
}
