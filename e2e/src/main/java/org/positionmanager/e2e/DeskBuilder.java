package org.positionmanager.e2e;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a desk before it starts. */
public final class DeskBuilder {
  private List<String> accounts = List.of("large");
  private Optional<List<String>> configured = Optional.empty();
  private final Map<String, String> prices = new HashMap<>();
  private final Map<String, String> keysOf = new HashMap<>();
  private String settings = "";
  private Map<String, String> environment = Map.of();

  DeskBuilder() {}

  /** Accounts of the broker, each with a million dollars; else one, {@code large}. */
  public DeskBuilder withAccounts(String... names) {
    accounts = List.of(names);
    return this;
  }

  /** Those of the accounts that the workers' configuration has at first; else all of them. */
  public DeskBuilder configuredAtFirst(String... names) {
    configured = Optional.of(List.of(names));
    return this;
  }

  /** A symbol and its mid until a test sets another. */
  public DeskBuilder withPrice(String symbol, String mid) {
    prices.put(symbol, mid);
    return this;
  }

  /** One account is given another's keys, by mistake; empty for a key that nobody has. */
  public DeskBuilder withKeysOf(String account, String other) {
    keysOf.put(account, other);
    return this;
  }

  /** Further lines of the configuration. */
  public DeskBuilder withSettings(String yaml) {
    settings = yaml;
    return this;
  }

  /** Further variables of all processes. */
  public DeskBuilder withEnvironment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /** Starts all of it; what had begun ends where the rest cannot. */
  public Desk start() throws IOException {
    Parts parts = new Parts();
    try {
      return new Desk(
          new Given(
              new DeskAccounts(accounts, keysOf),
              configured.orElse(accounts),
              prices,
              settings,
              environment),
          parts);
    } catch (IOException | RuntimeException e) {
      try {
        parts.close();
      } catch (Exception also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }
}
