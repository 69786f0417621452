package org.positionmanager.simulator.market;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prices of a file: each quote holds until the next. A bar is walked through from its open over the
 * extremes to its close, the nearer extreme first.
 *
 * <p>A file is CSV with a heading, or JSONL, in Alpaca's short names or in words: {@code t,bp,ap}
 * (timestamp, bid, ask) or {@code t,o,h,l,c} (timestamp, open, high, low, close). Rows of other
 * symbols are left out where there is a column {@code symbol} (or S).
 */
public final class RecordedPrices implements PriceSource {
  private static final BigDecimal HALF_SPREAD = new BigDecimal("0.0001");
  private static final Duration USUAL_BAR = Duration.ofMinutes(1);

  private final NavigableMap<Instant, BidAsk> prices;

  private RecordedPrices(NavigableMap<Instant, BidAsk> prices) {
    this.prices = prices;
  }

  @Override
  public boolean goesOnAfterHours() {
    return true;
  }

  @Override
  public Optional<BidAsk> at(Instant moment) {
    return Optional.ofNullable(prices.floorEntry(moment)).map(Map.Entry::getValue);
  }

  /**
   * Reads one symbol's rows.
   *
   * @throws IllegalArgumentException in one line that names file, line and field
   */
  public static RecordedPrices of(String symbol, Path file) {
    List<PriceRow> rows = new ArrayList<>();
    try {
      for (PriceRow row : PriceRow.all(file, Files.readAllLines(file))) {
        if (row.symbol().filter(it -> !it.equals(symbol)).isEmpty()) {
          rows.add(row);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "file %s of %s cannot be read; give an existing file".formatted(file, symbol), e);
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "file %s has no prices of %s; add a row".formatted(file, symbol));
    }
    NavigableMap<Instant, BidAsk> prices = new TreeMap<>();
    for (int i = 0; i < rows.size(); i++) {
      PriceRow row = rows.get(i);
      Instant at = moment(row);
      if (row.isBar()) {
        Duration length =
            i + 1 < rows.size() ? Duration.between(at, moment(rows.get(i + 1))) : USUAL_BAR;
        walk(prices, row, at, length.compareTo(USUAL_BAR) < 0 ? length : USUAL_BAR);
      } else {
        prices.put(at, new BidAsk(row.number("bp", "bid"), row.number("ap", "ask"), at));
      }
    }
    return new RecordedPrices(prices);
  }

  private static Instant moment(PriceRow row) {
    String text = row.text("t", "timestamp");
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw row.unusable("timestamp", text, "give RFC 3339, for instance 2026-02-11T15:00:00Z");
    }
  }

  private static void walk(
      NavigableMap<Instant, BidAsk> prices, PriceRow bar, Instant from, Duration length) {
    BigDecimal open = bar.number("o", "open");
    BigDecimal high = bar.number("h", "high");
    BigDecimal low = bar.number("l", "low");
    boolean lowFirst = open.subtract(low).compareTo(high.subtract(open)) <= 0;
    List<BigDecimal> way =
        List.of(open, lowFirst ? low : high, lowFirst ? high : low, bar.number("c", "close"));
    for (int step = 0; step < way.size(); step++) {
      Instant at = from.plus(length.multipliedBy(step).dividedBy(way.size()));
      prices.put(at, BidAsk.around(way.get(step), HALF_SPREAD, at));
    }
  }
}
