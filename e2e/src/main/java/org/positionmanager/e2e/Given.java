package org.positionmanager.e2e;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.positionmanager.simulator.Scenario;

/**
 * What a desk begins with.
 *
 * @param accounts each with a million dollars
 * @param prices mids of symbols until a test sets others
 * @param settings further lines of the workers' configuration
 * @param environment further variables of all processes
 */
record Given(
    DeskAccounts accounts,
    Map<String, String> prices,
    String settings,
    Map<String, String> environment) {
  /** 10:00 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");

  Given {
    prices = Map.copyOf(prices);
    environment = Map.copyOf(environment);
  }

  /** As the simulator takes it: real time, from the morning on. */
  Scenario scenario() {
    return new Scenario(
        MORNING,
        1,
        7,
        accounts.seeds(new BigDecimal("1000000")),
        prices.entrySet().stream()
            .map(
                price ->
                    new Scenario.Path(
                        price.getKey(),
                        List.of(
                            new Scenario.Point(Duration.ZERO, new BigDecimal(price.getValue())))))
            .toList());
  }

  /** The workers' configuration. */
  String configuration(String simulatorUrl) {
    return accounts.yaml()
        + "broker: {url: \""
        + simulatorUrl
        + "\", requestsPerMinute: 0}\n"
        // tests ask for a sync when they want one
        + "sync: {every: 1h, adoptAfter: 3s}\n"
        + settings;
  }
}
