package org.positionmanager.worker.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.alpaca.ApiSecret;
import org.positionmanager.workflows.identity.AccountName;

/**
 * What {@code pm.yaml} says.
 *
 * @param broker where the broker is
 * @param httpPort of the health and metrics pages on loopback; 0 for any free one
 */
public record Configuration(List<Account> accounts, Broker broker, int httpPort) {
  public Configuration {
    accounts = List.copyOf(accounts);
  }

  /**
   * One account.
   *
   * @param live real money; needs {@code live: true} in the file
   * @param credentials empty where this process was not given them: it then does not serve the
   *     account
   */
  public record Account(
      AccountName name,
      List<String> aliases,
      String brokerAccountNumber,
      boolean live,
      Optional<Credentials> credentials) {
    public Account {
      aliases = List.copyOf(aliases);
    }
  }

  /** A key and its secret; masked in text. */
  public record Credentials(String keyId, ApiSecret secret) {
    @Override
    public String toString() {
      return "Credentials[****]";
    }
  }

  /**
   * Where the broker is.
   *
   * @param url a simulator's address for trading and data; empty for Alpaca itself
   * @param speed exchange seconds in one real second: above 1 for simulated days only
   */
  public record Broker(
      Optional<URI> url,
      String stockFeed,
      String optionFeed,
      int requestsPerMinute,
      double speed) {}
}
