package org.positionmanager.e2e;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.positionmanager.simulator.Scenario;

/**
 * Accounts of a simulated broker and of the workers that serve them: numbers, keys and the names of
 * the variables that carry the keys all follow from the names.
 *
 * @param keysOf accounts that were given another's keys
 */
public record DeskAccounts(List<String> names, Map<String, String> keysOf) {
  public DeskAccounts {
    names = List.copyOf(names);
    keysOf = Map.copyOf(keysOf);
  }

  /** Each with its own keys. */
  public DeskAccounts(List<String> names) {
    this(names, Map.of());
  }

  /** As the simulator takes them, without a limit of requests. */
  public List<Scenario.AccountSeed> seeds(BigDecimal cash) {
    return names.stream()
        .map(name -> new Scenario.AccountSeed(name, "PA-" + name, key(name), secret(name), cash))
        .toList();
  }

  /** The broker's key of an account. */
  public static String key(String account) {
    return "key-" + account;
  }

  /** The broker's secret of an account. */
  public static String secret(String account) {
    return "secret-" + account;
  }

  /** The accounts of a worker's configuration. */
  public String yaml() {
    StringBuilder yaml = new StringBuilder("accounts:\n");
    for (String name : names) {
      yaml.append("  - name: ").append(name).append('\n');
      yaml.append("    brokerAccountNumber: PA-").append(name).append('\n');
      yaml.append("    credentials: {keyEnv: ").append(variable("KEY", name));
      yaml.append(", secretEnv: ").append(variable("SECRET", name)).append("}\n");
    }
    return yaml.toString();
  }

  /** Variables of the environment that the configuration names. */
  public Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (String name : names) {
      String owner = keysOf.getOrDefault(name, name);
      keys.put(variable("KEY", name), key(owner));
      keys.put(variable("SECRET", name), secret(owner));
    }
    return keys;
  }

  private static String variable(String what, String account) {
    return what + "_" + account.toUpperCase(Locale.ROOT);
  }
}
