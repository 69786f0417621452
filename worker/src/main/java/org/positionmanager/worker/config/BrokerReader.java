package org.positionmanager.worker.config;

import java.util.List;

/** Reads where the broker is, and what its addresses and limits allow beside each other. */
final class BrokerReader {
  private static final List<String> STOCK_FEEDS =
      List.of("sip", "iex", "delayed_sip", "otc", "boats", "overnight");
  private static final List<String> OPTION_FEEDS = List.of("opra", "indicative");
  private static final String LIMIT =
      "give a whole number from 1 to 10000 (200 is Alpaca's limit), without quotes";

  private final Section section;

  BrokerReader(Section section) {
    this.section = section;
  }

  Configuration.Broker read(List<Configuration.Account> accounts) {
    BrokerAddresses addresses = BrokerAddresses.read(section, accounts);
    Configuration.Broker broker =
        new Configuration.Broker(
            addresses.trading(),
            addresses.data(),
            section.oneOf("stockFeed", "iex", STOCK_FEEDS),
            section.oneOf("optionFeed", "indicative", OPTION_FEEDS),
            section.whole("requestsPerMinute", 200, 0, 10_000, LIMIT));
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
    return section.settings("broker");
  }
}
