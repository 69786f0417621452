package org.positionmanager.starter.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The demo's day: who opens what, and how prices move. Sample positions of a real desk. */
final class DemoScript {
  /** Ten seconds before a Wednesday's open at 09:30 in New York. */
  static final Instant START = Instant.parse("2026-02-11T14:29:50Z");

  /** The session's close of that day. */
  static final Instant CLOSE = Instant.parse("2026-02-11T21:00:00Z");

  static final Instant OPEN = Instant.parse("2026-02-11T14:30:00Z");

  /** Nights after the scripted day take ten seconds or so. */
  private static final double NIGHT_SPEED = 6_000;

  private static final int LONGEST_HOLD = 5_000;

  private DemoScript() {}

  /**
   * One execution that a dispatcher records.
   *
   * @param path mids at equal steps over the day; the first is about the entry
   * @param maxHold minutes; above the day's length it stays open over night
   */
  record Execution(
      String account, String symbol, int quantity, String strategy, int maxHold, double... path) {
    UUID id() {
      return UUID.nameUUIDFromBytes((account + symbol + quantity).getBytes(StandardCharsets.UTF_8));
    }

    /** The same in another account. */
    Execution of(String other, int number) {
      return new Execution(other, symbol, number, strategy, maxHold, path);
    }
  }

  static List<Execution> executions() {
    return List.of(
        option("large", "NOW260220P00110000", 10, "swing_trade", 4.80, 4.9, 6.2, 8.8, 8.5, 8.2),
        option("large", "QCOM260220P00145000", 10, "swing_trade", 5.20, 5.6, 7.8, 6.9, 6.0, 5.6),
        option("large", "INTC260220C00049500", 10, "swing_trade", 1.93, 1.6, 1.2, 0.7, 0.6, 0.6),
        option("large", "MSFT260220P00400000", 2, "swing_trade", 9.00, 13.95, 11.0, 9.5, 9, 9),
        option("large", "AAPL260220C00250000", 5, "day_trade", 3.10, 3.2, 3.0, 3.1, 3.2, 3.1),
        option("large", "TSLA260220C00420000", 3, "day_trade", 8.00, 3.5, 3.0, 3.0, 3.0, 3.0),
        option("large", "NVDA260220P00180000", 4, "day_trade", 4.40, 5.2, 6.0, 6.4, 5.2, 5.0),
        option(
            "large", "META260320C00700000", 2, "conservative", 15.0, 14.4, 14.3, 14.2, 14.1, 14.0),
        option("large", "XOM260320C00120000", 6, "conservative", 2.40, 2.3, 2.28, 2.26, 2.25, 2.2),
        stock("large", "DE", 40, 622.0, 625, 630, 641, 640, 639),
        stock("large", "BMY", 436, 58.0, 57.5, 56.6, 56.5, 56, 56),
        stock("large", "WMT", 195, 128.0, 128.4, 129, 130, 131, 132.2),
        option("tiny", "AMD260220P00205000", 1, "swing_trade", 10.50, 12, 15, 19.5, 18, 17),
        option("tiny", "CRM260220C00200000", 1, "swing_trade", 6.05, 5.0, 3.5, 2.2, 2.0, 2.0),
        option("tiny", "BAC260220C00056000", 1, "swing_trade", 1.10, 1.3, 1.6, 1.3, 1.2, 1.2),
        option("tiny", "PFE260320C00027500", 1, "conservative", 0.30, 0.28, 0.27, 0.27, 0.26, 0.26),
        option("tiny", "BMY260220C00057500", 10, "day_trade", 1.05, 1.1, 1.1, 1.0, 1.1, 1.0),
        option("tiny", "WMT260220C00130000", 10, "swing_trade", 1.80, 2.0, 2.6, 3.4, 3.6, 3.7),
        option("tiny", "KO260320C00070000", 2, "conservative", 0.95, 0.91, 0.90, 0.90, 0.89, 0.88),
        overNight("tiny", "F", 20, 12.0, 11.92, 11.92, 11.91, 11.92, 11.92),
        stock("tiny", "T", 10, 25.0, 24.8, 24.4, 24.3, 24.2, 24.2),
        overNight("tiny", "SOFI", 12, 20.0, 19.86, 19.85, 19.84, 19.85, 19.85));
  }

  private static Execution option(
      String account, String symbol, int contracts, String strategy, double... path) {
    int maxHold =
        switch (strategy) {
          case "day_trade" -> 240;
          case "conservative" -> LONGEST_HOLD;
          default -> 360;
        };
    return new Execution(account, symbol, contracts, strategy, maxHold, path);
  }

  private static Execution stock(String account, String symbol, int shares, double... path) {
    return new Execution(account, symbol, shares, "stock", 360, path);
  }

  /** A stock that no rule closes on its first day. */
  private static Execution overNight(String account, String symbol, int shares, double... path) {
    return new Execution(account, symbol, shares, "stock", LONGEST_HOLD, path);
  }

  /** Time stands until the desk is complete, so that the day's beginning is not missed. */
  static List<Map<String, Object>> standing() {
    return List.of(pace(START, 0, 0));
  }

  /** Real time, for as long as rows are taken in. */
  static List<Map<String, Object>> realTime() {
    return List.of(pace(START, 1, 1));
  }

  /** The scripted day at the asked speed; after it, days in real time and short nights. */
  static List<Map<String, Object>> paces(double speed) {
    return List.of(pace(START, speed, speed), pace(CLOSE, 1, NIGHT_SPEED));
  }

  private static Map<String, Object> pace(Instant from, double open, double closed) {
    return Map.of("from", from.toString(), "open", open, "closed", closed);
  }

  /** What the simulator is started with, in its scenario's JSON form. */
  static Map<String, Object> scenario(
      DemoCast cast, Map<String, String> keys, List<Map<String, Object>> paces) {
    List<Map<String, Object>> prices = new ArrayList<>();
    for (Execution execution : executions()) {
      List<Map<String, Object>> points = new ArrayList<>();
      Duration step = Duration.between(OPEN, CLOSE).dividedBy(execution.path().length - 1);
      Duration at = Duration.between(START, OPEN).plusMinutes(10);
      points.add(point(Duration.ZERO, execution.path()[0]));
      for (double mid : execution.path()) {
        points.add(point(at, mid));
        at = at.plus(step);
      }
      prices.add(Map.of("symbol", execution.symbol(), "points", points));
    }
    Map<String, Object> scenario = new LinkedHashMap<>();
    scenario.put("start", START.toString());
    scenario.put("speed", 1);
    scenario.put("paces", paces);
    scenario.put("seed", 20260211);
    scenario.put(
        "accounts", cast.accounts().stream().map(account -> account(account, keys)).toList());
    scenario.put("prices", prices);
    return scenario;
  }

  private static Map<String, Object> point(Duration at, double mid) {
    return Map.of("at", at.toString(), "mid", BigDecimal.valueOf(mid));
  }

  private static Map<String, Object> account(DemoCast.Account account, Map<String, String> keys) {
    return Map.of(
        "name", account.name(),
        "accountNumber", account.number(),
        "key", keys.get(account.name() + "-key"),
        "secret", keys.get(account.name() + "-secret"),
        "cash", account.cash());
  }
}
