package org.positionmanager.worker.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.workflows.identity.AccountName;

/** Reads the accounts, and that nothing names two of them. */
final class AccountsReader {
  /** Length of the ledger's column. */
  private static final int LONGEST_ALIAS = 50;

  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9-]{1,50}");

  private final Map<String, String> environment;
  private final Faults faults;
  private final List<Configuration.Account> accounts = new ArrayList<>();
  private final List<Setting> settings = new ArrayList<>();
  private final List<Fault> reasons = new ArrayList<>();
  private final List<Claim> names = new ArrayList<>();
  private final List<Claim> aliases = new ArrayList<>();
  private final List<Claim> numbers = new ArrayList<>();

  AccountsReader(Map<String, String> environment, Faults faults) {
    this.environment = environment;
    this.faults = faults;
  }

  /** Something that an account goes by, and where the file says so. */
  private record Claim(int account, String at, String text) {}

  /** The accounts that are written without a fault. */
  List<Configuration.Account> accounts() {
    return List.copyOf(accounts);
  }

  /** Why credentials cannot be used here, of all accounts. */
  List<Fault> reasons() {
    return List.copyOf(reasons);
  }

  List<Setting> settings() {
    return List.copyOf(settings);
  }

  void read(Section top) {
    Value value = top.value("accounts").orElse(null);
    if (!(value instanceof Value.Items items) || items.values().isEmpty()) {
      top.fault(
          "accounts",
          value == null ? "is missing" : "is " + value.found(),
          "list at least one account, each beginning with \"- name:\"");
      return;
    }
    AccountDefaults defaults = AccountDefaults.read(top, faults);
    for (int i = 0; i < items.values().size(); i++) {
      int account = i;
      Section.of("accounts[" + i + "]", defaults.under(items.values().get(i)), Keys.ACCOUNT, faults)
          .ifPresent(section -> account(account, section));
    }
    List<Claim> claims = new ArrayList<>(names);
    claims.addAll(aliases);
    refuseTwice(claims, "names of its own");
    refuseTwice(numbers, "its own");
  }

  private void account(int index, Section section) {
    int before = faults.count();
    Optional<AccountName> name = name(index, section);
    List<String> others = aliases(index, section);
    Optional<String> number = number(index, section);
    boolean live = section.flag("live");
    Optional<AccountTier> tier = tier(section);
    LimitsReader limits = new LimitsReader(section);
    AccountLimits limited = limits.read();
    LimitsReader killSwitch = LimitsReader.ofKillSwitch(section);
    Optional<Configuration.KillAt> killAt = killSwitch.killSwitch();
    Optional<CredentialsReader> reader = credentials(section);
    Optional<Configuration.Credentials> credentials = reader.flatMap(CredentialsReader::read);
    Section data = section.optional("marketData", Keys.MARKET_DATA);
    Configuration.OwnMarketData marketData = MarketDataReader.own(data);
    List<Fault> unusable = reader.map(CredentialsReader::reasons).orElse(List.of());
    reasons.addAll(unusable);
    if (faults.count() > before) {
      // What is half known would only be found to contradict the rest of the file.
      return;
    }
    settings.addAll(section.settings("accounts." + name.get()));
    settings.addAll(data.settings("accounts." + name.get() + ".marketData"));
    settings.addAll(limits.settings("accounts." + name.get() + ".limits"));
    settings.addAll(killSwitch.settings("accounts." + name.get() + ".killSwitch"));
    accounts.add(
        credentials
            .<Configuration.Account>map(
                it ->
                    new Configuration.Served(
                        name.get(),
                        others,
                        number.get(),
                        live,
                        limited,
                        killAt,
                        it,
                        marketData,
                        tier))
            .orElseGet(
                () ->
                    new Configuration.Unserved(
                        name.get(),
                        others,
                        number.get(),
                        live,
                        limited,
                        unusable.stream().map(Fault::toString).toList(),
                        tier)));
  }

  private Optional<AccountName> name(int index, Section section) {
    Optional<String> written = section.required("name", "large");
    try {
      Optional<AccountName> name = written.map(AccountName::new);
      name.ifPresent(it -> names.add(new Claim(index, section.at("name"), it.value())));
      return name;
    } catch (IllegalArgumentException e) {
      section.fault(
          "name",
          "is " + new Value.Text(written.orElseThrow()).found(),
          "use up to 50 lower case letters, digits and hyphens, such as large");
      return Optional.empty();
    }
  }

  private List<String> aliases(int index, Section section) {
    List<String> written = section.texts("aliases", "large-100k");
    for (int i = 0; i < written.size(); i++) {
      String at = section.at("aliases") + "[" + i + "]";
      int length = written.get(i).length();
      if (length > LONGEST_ALIAS) {
        faults.add(
            at,
            "has " + length + " characters",
            "shorten it to " + LONGEST_ALIAS + ", which the ledger holds");
      }
      aliases.add(new Claim(index, at, written.get(i)));
    }
    return written;
  }

  private Optional<String> number(int index, Section section) {
    String key = "brokerAccountNumber";
    Optional<String> written = section.required(key, "PA3ABCDEFGHI");
    written.ifPresent(it -> numbers.add(new Claim(index, section.at(key), section.noted(key, it))));
    if (written.isPresent() && !NUMBER.matcher(written.get()).matches()) {
      section.fault(
          key,
          "is " + new Value.Text(written.get()).found(),
          "copy it from the broker's dashboard, such as PA3ABCDEFGHI");
    }
    return written;
  }

  static Optional<AccountTier> tier(Section section) {
    Optional<String> written = section.text("tier");
    try {
      return written.map(it -> section.noted("tier", new AccountTier(it)));
    } catch (IllegalArgumentException e) {
      section.fault(
          "tier",
          "is " + new Value.Text(written.orElseThrow()).found(),
          "use up to 30 lower case letters, digits and hyphens, such as funded");
      return Optional.empty();
    }
  }

  private Optional<CredentialsReader> credentials(Section section) {
    Value value = section.value("credentials").orElse(new Value.Empty());
    if (!(value instanceof Value.Fields)) {
      section.fault(
          "credentials",
          section.value("credentials").isPresent() ? "is " + value.kind() : "is missing",
          "give keyEnv and secretEnv, or the same with File or Command");
      return Optional.empty();
    }
    return Section.of(section.at("credentials"), value, Keys.CREDENTIALS, faults)
        .map(written -> new CredentialsReader(section, written, environment, faults));
  }

  /** The first to claim a text has it: names come before aliases. */
  private void refuseTwice(List<Claim> claims, String remedy) {
    Map<String, Claim> taken = new LinkedHashMap<>();
    for (Claim claim : claims) {
      Claim first = taken.putIfAbsent(claim.text(), claim);
      if (first != null) {
        faults.add(
            claim.at(),
            "is %s, as is %s".formatted(Value.shown(claim.text()), first.at()),
            first.account() == claim.account()
                ? "remove one of them"
                : "give each account " + remedy);
      }
    }
  }
}
