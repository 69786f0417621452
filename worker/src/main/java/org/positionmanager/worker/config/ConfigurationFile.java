package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.Adopting;

/** Reads {@code pm.yaml}; secrets come from the environment or from files that it names. */
public final class ConfigurationFile {
  private static final String WATCH = "watch";

  private final Path file;
  private final Map<String, String> environment;
  private final Faults faults;

  private ConfigurationFile(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
    this.faults = Faults.of(file);
  }

  /**
   * Reads and checks it. An account whose credentials are missing or unusable is carried as {@link
   * Configuration.Unserved}; anything else that is wrong fails the whole file.
   *
   * @param environment the variables that credentials may name
   * @throws ConfigurationException with every fault, and where no account can be served
   */
  public static Configuration read(Path file, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationFile(file, environment).read(true);
  }

  /**
   * The same, also where none of its accounts can be served.
   *
   * @throws ConfigurationException with every fault but those of credentials
   */
  public static Configuration readAlsoUnserved(Path file, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationFile(file, environment).read(false);
  }

  /**
   * The accounts that it lists, by their names and aliases; whether their credentials are usable
   * here does not matter.
   *
   * @throws ConfigurationException where the accounts cannot be read
   */
  public static SequencedMap<String, AccountName> accountNames(
      Path file, Map<String, String> environment) throws ConfigurationException {
    ConfigurationFile reader = new ConfigurationFile(file, environment);
    return PlansReader.byName(reader.accounts(reader.top()).accounts());
  }

  /**
   * The plans in effect, as {@link #accountNames} without regard to credentials.
   *
   * @throws ConfigurationException where accounts or plans cannot be read
   */
  public static Configuration.Plans plans(Path file, Map<String, String> environment)
      throws ConfigurationException {
    ConfigurationFile reader = new ConfigurationFile(file, environment);
    Section top = reader.top();
    AccountsReader accounts = reader.accounts(top);
    Configuration.Plans plans = new PlansReader(top, reader.faults).read(accounts.accounts());
    if (reader.faults.count() > 0) {
      throw reader.faults.exception();
    }
    return plans;
  }

  /**
   * What it says of alerts, as {@link #accountNames} without regard to credentials.
   *
   * @throws ConfigurationException where accounts or alerts cannot be read
   */
  public static Configuration.Alerts alerts(Path file, Map<String, String> environment)
      throws ConfigurationException {
    ConfigurationFile reader = new ConfigurationFile(file, environment);
    Section top = reader.top();
    AccountsReader accounts = reader.accounts(top);
    Configuration.Alerts alerts = reader.alerts(top).read(accounts.accounts());
    if (reader.faults.count() > 0) {
      throw reader.faults.exception();
    }
    return alerts;
  }

  private AlertsReader alerts(Section top) {
    return new AlertsReader(top.optional("alerts", Keys.ALERTS), environment, faults);
  }

  private AccountsReader accounts(Section top) throws ConfigurationException {
    AccountsReader accounts = new AccountsReader(environment, faults);
    accounts.read(top);
    if (faults.count() > 0) {
      throw faults.exception();
    }
    return accounts;
  }

  private Section top() throws ConfigurationException {
    return top(YamlDocument.read(file, "the configuration", "--config FILE", faults));
  }

  private Configuration read(boolean toServe) throws ConfigurationException {
    Section top = top();
    AccountsReader accounts = new AccountsReader(environment, faults);
    accounts.read(top);
    BrokerReader broker = new BrokerReader(top.optional("broker", Keys.BROKER));
    Configuration.Broker where = broker.read(accounts.accounts());
    PlansReader plans = new PlansReader(top, faults);
    Configuration.Plans chosen = plans.read(accounts.accounts());
    boolean watched = top.flag(WATCH, true);
    SyncReader sync = new SyncReader(top.optional("sync", Keys.SYNC));
    Configuration.Sync comparing = sync.read();
    refuseGatesWithoutAdoption(accounts.accounts(), comparing);
    HttpReader http = new HttpReader(top.optional("http", Keys.HTTP));
    Configuration.Http pages = http.read();
    AlertsReader alerts = alerts(top);
    Configuration.Alerts told = alerts.read(accounts.accounts());
    boolean isEnough =
        !toServe || accounts.accounts().stream().anyMatch(Configuration.Served.class::isInstance);
    if (faults.count() > 0 || !isEnough) {
      // Whoever mends the file wants to know of the credentials in the same go.
      faults.addAll(accounts.reasons());
      throw faults.exception();
    }
    List<Setting> settings = new ArrayList<>(accounts.settings());
    settings.addAll(broker.settings());
    settings.addAll(plans.settings());
    settings.addAll(
        top.settings("").stream().filter(setting -> setting.name().equals(WATCH)).toList());
    settings.addAll(sync.settings());
    settings.addAll(http.settings());
    settings.addAll(alerts.settings());
    return new Configuration(
        accounts.accounts(), where, chosen, watched, comparing, pages, told, settings);
  }

  /** What a gate keeps out may be bought already: then nobody would ever watch it. */
  private void refuseGatesWithoutAdoption(
      List<Configuration.Account> accounts, Configuration.Sync sync) {
    List<String> gated =
        accounts.stream()
            .filter(account -> account.limits().gate())
            .map(account -> account.name().value())
            .toList();
    if (sync.adopt() == Adopting.OFF && !gated.isEmpty()) {
      faults.add(
          "sync.adopt",
          "is off, while the limits of %s keep rows out".formatted(String.join(", ", gated)),
          "write paused or watch, so that what a dispatcher has bought all the same is watched, or remove limits.gate");
    }
  }

  private Section top(Value document) throws ConfigurationException {
    if (document instanceof Value.Empty) {
      throw faults.exception("", "is empty", "list accounts");
    }
    Optional<Section> top = Section.of("", document, Keys.TOP, faults);
    if (top.isEmpty()) {
      throw faults.exception();
    }
    return top.get();
  }
}
