package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Two accounts and a few instruments at 10:00 in New York, time standing. */
final class Scenarios {
  static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");
  static final String PUT = "NOW260220P00110000";
  static final String CALL = "WMT260220C00130000";

  private Scenarios() {}

  static Scenario standing() {
    return new Scenario(
        MORNING,
        0,
        7,
        List.of(account("large", 100_000), account("tiny", 1_000)),
        Map.of("DE", "622", "WMT", "128", "PENNY", "0.50", PUT, "4.80", CALL, "1.80")
            .entrySet()
            .stream()
            .map(
                price ->
                    new Scenario.Path(
                        price.getKey(),
                        List.of(
                            new Scenario.Point(Duration.ZERO, new BigDecimal(price.getValue())))))
            .toList());
  }

  /** So many shares that wander, and other limits of the streams. */
  static Scenario busy(int shares, StreamSettings streams) {
    Scenario standing = standing();
    return new Scenario(
        standing.start(),
        standing.speed(),
        standing.paces(),
        standing.seed(),
        standing.accounts(),
        IntStream.rangeClosed(1, shares).mapToObj(i -> walk("W" + i, "100")).toList(),
        standing.market(),
        false,
        List.of(),
        Optional.of(streams));
  }

  static Scenario.Path walk(String symbol, String price) {
    return new Scenario.Path(
        symbol,
        List.of(),
        Optional.of(new Scenario.Walk(new BigDecimal(price), Optional.empty())),
        Optional.empty(),
        Optional.empty());
  }

  static Scenario.AccountSeed account(String name, int cash) {
    return new Scenario.AccountSeed(
        name, "PA-" + name, "key-" + name, "secret-" + name, BigDecimal.valueOf(cash));
  }
}
