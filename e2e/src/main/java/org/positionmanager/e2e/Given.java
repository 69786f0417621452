package org.positionmanager.e2e;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.positionmanager.simulator.Scenario;

/**
 * What a desk begins with.
 *
 * @param accounts by name, each with a million dollars
 * @param prices mids of symbols until a test sets others
 * @param keysOf accounts that were given another's keys
 */
record Given(List<String> accounts, Map<String, String> prices, Map<String, String> keysOf) {
  /** 10:00 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");

  Given {
    accounts = List.copyOf(accounts);
    prices = Map.copyOf(prices);
    keysOf = Map.copyOf(keysOf);
  }

  /** As the simulator takes it: real time, from the morning on. */
  Scenario scenario() {
    return new Scenario(
        MORNING,
        1,
        7,
        accounts.stream()
            .map(
                name ->
                    new Scenario.AccountSeed(
                        name,
                        "PA-" + name,
                        "key-" + name,
                        "secret-" + name,
                        new BigDecimal("1000000")))
            .toList(),
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
    StringBuilder yaml = new StringBuilder("accounts:\n");
    for (String name : accounts) {
      yaml.append("  - name: ").append(name).append('\n');
      yaml.append("    brokerAccountNumber: PA-").append(name).append('\n');
      yaml.append("    credentials: {keyEnv: ").append(variable("KEY", name));
      yaml.append(", secretEnv: ").append(variable("SECRET", name)).append("}\n");
    }
    return yaml + "broker: {url: \"" + simulatorUrl + "\", requestsPerMinute: 0}\n";
  }

  /** Variables of the environment that the configuration names. */
  Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (String name : accounts) {
      String owner = keysOf.getOrDefault(name, name);
      keys.put(variable("KEY", name), "key-" + owner);
      keys.put(variable("SECRET", name), "secret-" + owner);
    }
    return keys;
  }

  private static String variable(String what, String account) {
    return what + "_" + account.toUpperCase(Locale.ROOT);
  }
}
