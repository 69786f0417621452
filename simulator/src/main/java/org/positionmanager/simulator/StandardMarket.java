package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.positionmanager.simulator.market.OptionContract;

/** What the exchange trades where no scenario says it: the demo's shares, each with options. */
final class StandardMarket {
  /** Dollars at the start; of the size these shares had in February 2026. */
  private static final Map<String, String> SHARES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("AAPL", "248"),
              Map.entry("AMD", "206"),
              Map.entry("BAC", "55"),
              Map.entry("BMY", "58"),
              Map.entry("CRM", "198"),
              Map.entry("DE", "622"),
              Map.entry("F", "12"),
              Map.entry("INTC", "49"),
              Map.entry("KO", "69"),
              Map.entry("META", "690"),
              Map.entry("MSFT", "402"),
              Map.entry("NOW", "110"),
              Map.entry("NVDA", "182"),
              Map.entry("PFE", "27"),
              Map.entry("QCOM", "143"),
              Map.entry("SOFI", "20"),
              Map.entry("T", "25"),
              Map.entry("TSLA", "418"),
              Map.entry("WMT", "128"),
              Map.entry("XOM", "118")));

  /** The nearest expiry is so far away that nobody runs into it by surprise. */
  private static final int[] EXPIRY_DAYS = {21, 49};

  /** So wide that there is a strike on both sides of any price. */
  private static final int STRIKES_EACH_SIDE = 2;

  private StandardMarket() {}

  /** A scenario that runs in the machine's time from a moment on. */
  static Scenario at(
      Instant now, List<Scenario.AccountSeed> accounts, MarketHours hours, long seed) {
    List<Scenario.Path> prices = new ArrayList<>();
    SHARES.forEach(
        (symbol, price) -> {
          BigDecimal spot = new BigDecimal(price);
          prices.add(
              new Scenario.Path(
                  symbol,
                  List.of(),
                  Optional.of(new Scenario.Walk(spot, Optional.empty())),
                  Optional.empty(),
                  Optional.empty()));
          for (int days : EXPIRY_DAYS) {
            options(symbol, spot, expiry(now, days)).forEach(prices::add);
          }
        });
    return new Scenario(
        now, 1, List.of(), seed, accounts, prices, hours, true, List.of(), Optional.empty());
  }

  /** The first Friday so many days later, or the Thursday before a holiday. */
  private static LocalDate expiry(Instant now, int days) {
    LocalDate friday =
        now.atZone(NyseCalendar.ZONE)
            .toLocalDate()
            .plusDays(days)
            .with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    return NyseCalendar.on(friday).isPresent() ? friday : friday.minusDays(1);
  }

  private static List<Scenario.Path> options(String root, BigDecimal spot, LocalDate expiry) {
    BigDecimal step = step(spot);
    BigDecimal middle = spot.divide(step, 0, RoundingMode.HALF_UP).multiply(step);
    List<Scenario.Path> chain = new ArrayList<>();
    for (int away = -STRIKES_EACH_SIDE; away <= STRIKES_EACH_SIDE; away++) {
      BigDecimal strike = middle.add(step.multiply(BigDecimal.valueOf(away)));
      for (boolean call : new boolean[] {true, false}) {
        chain.add(
            new Scenario.Path(
                new OptionContract(root, expiry, call, strike).symbol(),
                List.of(),
                Optional.empty(),
                Optional.of(new Scenario.OptionModel(Optional.empty(), Optional.empty())),
                Optional.empty()));
      }
    }
    return chain;
  }

  private static BigDecimal step(BigDecimal spot) {
    if (spot.compareTo(BigDecimal.valueOf(30)) < 0) {
      return BigDecimal.ONE;
    }
    return spot.compareTo(BigDecimal.valueOf(250)) < 0
        ? new BigDecimal("2.5")
        : BigDecimal.valueOf(10);
  }
}
