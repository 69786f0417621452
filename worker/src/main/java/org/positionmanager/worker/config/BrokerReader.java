package org.positionmanager.worker.config;

import java.util.ArrayList;
import java.util.List;

/** Reads where the broker is, and what its addresses and limits allow beside each other. */
final class BrokerReader {
  private static final String LIMIT =
      "give a whole number from 1 to 10000 (200 is Alpaca's limit), without quotes";

  private final Section section;
  private final Section streams;

  BrokerReader(Section section) {
    this.section = section;
    this.streams = section.optional("streams", Keys.STREAMS);
  }

  Configuration.Broker read(List<Configuration.Account> accounts) {
    BrokerAddresses addresses = BrokerAddresses.read(section, accounts);
    Configuration.Broker broker =
        new Configuration.Broker(
            addresses.trading(),
            addresses.data(),
            section.whole("requestsPerMinute", 200, 0, 10_000, LIMIT),
            MarketDataReader.common(section, streams),
            MarketDataReader.streams(streams, new AlpacaHosts(streams, accounts)));
    if (broker.requestsPerMinute() == 0 && !isSimulated(broker)) {
      section.fault("requestsPerMinute", "is 0 (no limit), which only a simulator grants", LIMIT);
    }
    return broker;
  }

  /** Whether orders go to a simulator; also where its address is written with a fault. */
  private boolean isSimulated(Configuration.Broker broker) {
    return broker
        .tradingUrl()
        .map(address -> !AlpacaHosts.isAlpaca(address))
        .orElse(section.value("url").or(() -> section.value("tradingUrl")).isPresent());
  }

  List<Setting> settings() {
    List<Setting> settings = new ArrayList<>(section.settings("broker"));
    settings.addAll(streams.settings("broker.streams"));
    return settings;
  }
}
