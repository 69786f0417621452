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
 * @param streams how its streams are reached and kept up
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
    int requestsPerMinute,
    StreamSettings streams) {
  private static final URI LIVE_STREAM = URI.create("wss://api.alpaca.markets");
  private static final URI PAPER_STREAM = URI.create("wss://paper-api.alpaca.markets");
  private static final URI DATA_STREAM = URI.create("wss://stream.data.alpaca.markets");

  public AlpacaSettings {
    if (keyId == null || keyId.isBlank()) {
      throw new IllegalArgumentException("account " + account + " needs a key id");
    }
    if (requestsPerMinute < 0) {
      throw new IllegalArgumentException(
          "requests per minute must be 0 or more, got: " + requestsPerMinute);
    }
  }

  /** With Alpaca's own streams, or those of the host that replaces Alpaca's. */
  public AlpacaSettings(
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
    this(
        account,
        keyId,
        secret,
        live,
        tradingBase,
        dataBase,
        stockFeed,
        optionFeed,
        connectTimeout,
        callTimeout,
        requestsPerMinute,
        StreamSettings.DEFAULT);
  }

  /** Where the trading stream is, without credentials. */
  String tradingStreamUrl() {
    return streamBase(tradingBase, live ? LIVE_STREAM : PAPER_STREAM) + "/stream";
  }

  /** Where a data stream is, such as that of {@code /v2/iex}, without credentials. */
  String dataStreamUrl(String path) {
    return streamBase(dataBase, DATA_STREAM) + path;
  }

  private String streamBase(Optional<URI> replaced, URI alpaca) {
    URI base = streams.base().or(() -> replaced).orElse(alpaca);
    String text = base.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
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
