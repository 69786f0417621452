package org.positionmanager.activities.alpaca;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;

/**
 * How one account is reached.
 *
 * @param tradingBase replaces Alpaca's trading host (a simulator); empty for the real one
 * @param dataBase replaces Alpaca's market data host
 * @param stockFeed sip, iex, delayed_sip and the like
 * @param optionFeed opra or indicative
 * @param callTimeout of one request, all in
 * @param requestsPerMinute of the account; 0 for no limit
 */
public record AlpacaSettings(
    AccountName account,
    String keyId,
    ApiSecret secret,
    boolean live,
    Optional<URI> tradingBase,
    Optional<URI> dataBase,
    String stockFeed,
    String optionFeed,
    Duration connectTimeout,
    Duration callTimeout,
    int requestsPerMinute) {
  public AlpacaSettings {
    if (keyId == null || keyId.isBlank()) {
      throw new IllegalArgumentException("account " + account + " needs a key id");
    }
    if (requestsPerMinute < 0) {
      throw new IllegalArgumentException(
          "requests per minute must be 0 or more, got: " + requestsPerMinute);
    }
  }

  /** A paper account with Alpaca's own hosts, free feeds and limits. */
  public static AlpacaSettings paper(AccountName account, String keyId, ApiSecret secret) {
    return new AlpacaSettings(
        account,
        keyId,
        secret,
        false,
        Optional.empty(),
        Optional.empty(),
        "iex",
        "indicative",
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        200);
  }

  @Override
  public String toString() {
    return "AlpacaSettings[" + account + ", " + (live ? "live" : "paper") + ", key ****]";
  }
}
