package org.positionmanager.worker;

import java.util.Optional;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.alpaca.StreamSettings;
import org.positionmanager.activities.alpaca.SymbolLimits;
import org.positionmanager.worker.config.Configuration;

/** How an account's broker is reached, as configured, and whether it is the one. */
final class BrokerSettings {
  private BrokerSettings() {}

  static AlpacaSettings of(Configuration.Served account, Configuration.Broker broker) {
    Configuration.Credentials credentials = account.credentials();
    AlpacaSettings paper =
        AlpacaSettings.paper(account.name(), credentials.keyId(), credentials.secret());
    Configuration.MarketData data = account.marketData().over(broker.marketData());
    return new AlpacaSettings(
        account.name(),
        credentials.keyId(),
        credentials.secret(),
        account.live(),
        broker.tradingUrl(),
        broker.dataUrl(),
        data.stockFeed(),
        data.optionFeed(),
        paper.connectTimeout(),
        paper.callTimeout(),
        broker.requestsPerMinute(),
        streams(broker.streams(), data.symbols()));
  }

  /**
   * What is wrong with a key, where it opens another account than it was given for.
   *
   * @param number what the broker says that the key belongs to
   */
  static Optional<String> wrongKey(Configuration.Served account, String number) {
    return number.equals(account.brokerAccountNumber())
        ? Optional.empty()
        : Optional.of(
            "the key belongs to broker account %s, not to brokerAccountNumber %s; give this account its own key"
                .formatted(number, account.brokerAccountNumber()));
  }

  private static StreamSettings streams(Configuration.Streams streams, SymbolLimits symbols) {
    StreamSettings usual = StreamSettings.DEFAULT;
    return new StreamSettings(
        streams.url(),
        usual.pingEach(),
        streams.answerWithin(),
        streams.silentAfter(),
        usual.lookEach(),
        usual.firstRetry(),
        usual.longestRetry(),
        usual.refusedRetry(),
        symbols);
  }
}
