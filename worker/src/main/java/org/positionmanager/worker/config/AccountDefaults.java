package org.positionmanager.worker.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What holds for each account that does not say otherwise. Sections are overridden key by key, but
 * for credentials, whose keys belong together; in those, {@code {name}} stands for the account's
 * name and {@code {NAME}} for the same in capitals with underscores.
 */
final class AccountDefaults {
  private static final String SECTION = "accountDefaults";
  private static final String CREDENTIALS = "credentials";
  private static final Set<String> KEY_BY_KEY = Set.of("limits", "killSwitch", "marketData");

  private final SequencedMap<String, Value> defaults;

  private AccountDefaults(SequencedMap<String, Value> defaults) {
    this.defaults = defaults;
  }

  /**
   * Reads them. What is wrong with them is told once and not once for each account, which is why
   * none of them hold then.
   */
  static AccountDefaults read(Section top, Faults faults) {
    SequencedMap<String, Value> none = new LinkedHashMap<>();
    Optional<Value> written = top.given(SECTION);
    if (written.isEmpty()) {
      return new AccountDefaults(none);
    }
    int before = faults.count();
    Section.of(SECTION, written.get(), Keys.ACCOUNT_DEFAULTS, faults)
        .ifPresent(AccountDefaults::check);
    return new AccountDefaults(
        faults.count() == before && written.get() instanceof Value.Fields fields
            ? fields.values()
            : none);
  }

  private static void check(Section section) {
    AccountsReader.tier(section);
    new LimitsReader(section).read();
    LimitsReader.ofKillSwitch(section).killSwitch();
    MarketDataReader.own(section.optional("marketData", Keys.MARKET_DATA));
    section.optional(CREDENTIALS, Keys.CREDENTIALS);
  }

  /** An account as it is written, with what it leaves out. */
  Value under(Value account) {
    if (defaults.isEmpty() || !(account instanceof Value.Fields own)) {
      return account;
    }
    SequencedMap<String, Value> all = new LinkedHashMap<>(own.values());
    defaults.forEach(
        (key, value) -> {
          Value ofDefaults =
              key.equals(CREDENTIALS) ? named(value, own.values().get("name")) : value;
          all.merge(key, ofDefaults, (mine, theirs) -> merged(key, mine, theirs));
        });
    return new Value.Fields(all);
  }

  private static Value merged(String key, Value own, Value ofDefaults) {
    if (KEY_BY_KEY.contains(key)
        && own instanceof Value.Fields mine
        && ofDefaults instanceof Value.Fields theirs) {
      SequencedMap<String, Value> all = new LinkedHashMap<>(theirs.values());
      all.putAll(mine.values());
      return new Value.Fields(all);
    }
    return own;
  }

  private static Value named(Value value, Value name) {
    if (!(name instanceof Value.Text text)) {
      return value;
    }
    return switch (value) {
      case Value.Text it -> new Value.Text(named(it.value(), text.value().strip()));
      case Value.Items it ->
          new Value.Items(it.values().stream().map(one -> named(one, name)).toList());
      case Value.Fields it -> {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        it.values().forEach((key, one) -> all.put(key, named(one, name)));
        yield new Value.Fields(all);
      }
      case Value.Number _, Value.Flag _, Value.Empty _, Value.Reference _ -> value;
    };
  }

  private static String named(String text, String name) {
    return text.replace("{name}", name)
        .replace("{NAME}", name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
