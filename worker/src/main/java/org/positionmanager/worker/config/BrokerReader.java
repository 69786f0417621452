package org.positionmanager.worker.config;

import java.util.List;

/** Reads where the broker is, and what its addresses and limits allow beside each other. */
final class BrokerReader {
  private static final List<String> STOCK_FEEDS =
      List.of("sip", "iex", "delayed_sip", "otc", "boats", "overnight");
  private static final List<String> OPTION_FEEDS = List.of("opra", "indicative");
  private static final String LIMIT =
      "give a whole number from 1 to 10000 (200 is Alpaca's limit), without quotes";

  private static final String SPEED =
      "give a number from 0.001 to 100000 (1 is real time), without quotes";

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
            section.whole("requestsPerMinute", 200, 0, 10_000, LIMIT),
            section.decimal("speed", 1, 0.001, 100_000, SPEED));
    checkSimulatorsOnly(broker, accounts);
    return broker;
  }

  private void checkSimulatorsOnly(
      Configuration.Broker broker, List<Configuration.Account> accounts) {
    boolean simulated = broker.tradingUrl().filter(it -> !AlpacaHosts.isAlpaca(it)).isPresent();
    if (broker.requestsPerMinute() == 0 && !simulated) {
      section.fault("requestsPerMinute", "is 0 (no limit), which only a simulator grants", LIMIT);
    }
    if (broker.speed() == 1) {
      return;
    }
    if (!simulated) {
      section.fault(
          "speed", "is " + broker.speed(), "a speed other than 1 needs a simulator's url");
    } else if (accounts.stream().anyMatch(Configuration.Account::live)) {
      section.fault("speed", "is " + broker.speed() + " beside a live account", "remove it");
    }
  }

  List<Setting> settings() {
    return section.settings("broker");
  }
}
