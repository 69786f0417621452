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
 * @param configured those of them that the workers' configuration has at first
 * @param prices mids of symbols until a test sets others
 * @param settings further lines of the workers' configuration
 * @param environment further variables of all processes
 */
record Given(
    DeskAccounts accounts,
    List<String> configured,
    Map<String, String> prices,
    String settings,
    Map<String, String> environment) {
  /** 10:00 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");

  Given {
    configured = List.copyOf(configured);
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

  /** The workers' configuration of some of the accounts. */
  String configuration(List<String> names, String simulatorUrl) {
    return new DeskAccounts(names).yaml()
        + "broker: {url: \""
        + simulatorUrl
        + "\", requestsPerMinute: 0}\n"
        // tests ask for a sync when they want one
        + "sync: {every: 1h, adoptAfter: 3s}\n"
        + settings;
  }
}
