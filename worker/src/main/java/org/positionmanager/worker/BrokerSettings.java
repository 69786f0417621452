package org.positionmanager.worker;

import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.alpaca.StreamSettings;
import org.positionmanager.activities.alpaca.SymbolLimits;
import org.positionmanager.worker.config.Configuration;

/** How an account's broker is reached, as configured. */
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
