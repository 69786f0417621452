package org.positionmanager.worker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pm.yaml}; secrets come from the environment or from files that it names. */
public final class ConfigurationFile {
  private final Path file;
  private final Map<String, String> environment;
  private final Faults faults;

  private ConfigurationFile(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
    this.faults = new Faults(file);
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
    return new ConfigurationFile(file, environment).read();
  }

  private Configuration read() throws ConfigurationException {
    Section top = top(YamlDocument.read(file, faults));
    AccountsReader accounts = new AccountsReader(environment, faults);
    accounts.read(top);
    BrokerReader broker = new BrokerReader(top.optional("broker", Keys.BROKER));
    Configuration.Broker where = broker.read(accounts.accounts());
    HttpReader http = new HttpReader(top.optional("http", Keys.HTTP));
    Configuration.Http pages = http.read();
    boolean isServable =
        accounts.accounts().stream().anyMatch(Configuration.Served.class::isInstance);
    if (faults.count() > 0 || !isServable) {
      // Whoever mends the file wants to know of the credentials in the same go.
      faults.addAll(accounts.reasons());
      throw faults.exception();
    }
    List<Setting> settings = new ArrayList<>(accounts.settings());
    settings.addAll(broker.settings());
    settings.addAll(http.settings());
    return new Configuration(accounts.accounts(), where, pages, settings);
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
