package org.positionmanager.worker.config;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Which hosts of Alpaca's fit which account. Paper and live accounts have trading hosts of their
 * own and a key is good for one of them, so an address that contradicts {@code live} means that the
 * file does not say what its author believes.
 */
final class AlpacaHosts {
  private static final String PAPER = "paper-api.alpaca.markets";
  private static final String LIVE = "api.alpaca.markets";
  private static final Set<String> TRADING = Set.of(PAPER, LIVE);
  private static final Set<String> DATA =
      Set.of("data.alpaca.markets", "data.sandbox.alpaca.markets");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Section section;
  private final List<Configuration.Account> accounts;

  AlpacaHosts(Section section, List<Configuration.Account> accounts) {
    this.section = section;
    this.accounts = accounts;
  }

  static boolean isAlpaca(URI address) {
    return address.getHost().equals("alpaca.markets")
        || address.getHost().endsWith(".alpaca.markets");
  }

  /** An address for trading and data together, which none of Alpaca's is. */
  void checkBoth(String key, URI address) {
    checkAccounts(key, address);
    checkEncryption(key, address);
    if (isAlpaca(address)) {
      section.fault(
          key,
          "is a host of Alpaca's, which has one for trading and one for data",
          "remove it: Alpaca's own are used without it");
    }
  }

  void checkTrading(String key, URI address) {
    checkAccounts(key, address);
    checkEncryption(key, address);
    if (isAlpaca(address) && !TRADING.contains(address.getHost())) {
      section.fault(
          key,
          "is " + address.getHost() + ", where Alpaca does not trade",
          "remove it: Alpaca's own is used without it");
    }
  }

  void checkData(String key, URI address) {
    checkEncryption(key, address);
    if (isAlpaca(address) && !DATA.contains(address.getHost())) {
      section.fault(
          key,
          "is " + address.getHost() + ", where Alpaca has no market data",
          "remove it: Alpaca's own is used without it");
    }
  }

  void checkStreams(String key, URI address) {
    checkEncryption(key, address);
    if (isAlpaca(address)) {
      section.fault(
          key,
          "is a host of Alpaca's, which has one for each kind of stream",
          "remove it: Alpaca's own are used without it");
    }
  }

  private void checkAccounts(String key, URI address) {
    for (Configuration.Account account : accounts) {
      if (account.live() && address.getHost().equals(PAPER)) {
        section.fault(
            key,
            "is Alpaca's paper host, but account %s has live: true and is real money"
                .formatted(account.name()),
            "remove %s (live accounts then trade at https://%s), or live: true"
                .formatted(key, LIVE));
      }
      if (!account.live() && address.getHost().equals(LIVE)) {
        section.fault(
            key,
            "is Alpaca's live host, where real money trades, but account %s does not have live: true"
                .formatted(account.name()),
            "remove %s (paper accounts then trade at https://%s), or add live: true if real money is meant"
                .formatted(key, PAPER));
      }
    }
  }

  private void checkEncryption(String key, URI address) {
    if (address.getScheme().equals("https") || LOOPBACK.contains(address.getHost())) {
      return;
    }
    if (isAlpaca(address)) {
      section.fault(key, "sends the key to Alpaca unencrypted", "use https://" + address.getHost());
      return;
    }
    accounts.stream()
        .filter(Configuration.Account::live)
        .findFirst()
        .ifPresent(
            account ->
                section.fault(
                    key,
                    "sends the key of live account %s unencrypted".formatted(account.name()),
                    "use https, or a host on loopback"));
  }
}
