package org.positionmanager.worker.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads the broker's addresses: one for all, or one for trading and one for market data. */
final class BrokerAddresses {
  private static final String URL = "url";
  private static final String TRADING = "tradingUrl";
  private static final String DATA = "dataUrl";

  private final Section section;
  private Optional<URI> trading;
  private Optional<URI> data;

  private BrokerAddresses(Section section) {
    this.section = section;
  }

  /** Reads them and checks that they fit the accounts that will use them. */
  static BrokerAddresses read(Section section, List<Configuration.Account> accounts) {
    BrokerAddresses addresses = new BrokerAddresses(section);
    addresses.read(accounts);
    return addresses;
  }

  Optional<URI> trading() {
    return trading;
  }

  Optional<URI> data() {
    return data;
  }

  private void read(List<Configuration.Account> accounts) {
    AlpacaHosts hosts = new AlpacaHosts(section, accounts);
    Optional<URI> both = address(URL);
    trading = address(TRADING);
    data = address(DATA);
    both.ifPresent(address -> hosts.checkBoth(URL, address));
    trading.ifPresent(address -> hosts.checkTrading(TRADING, address));
    data.ifPresent(address -> hosts.checkData(DATA, address));
    if (section.value(URL).isPresent()
        && (section.value(TRADING).isPresent() || section.value(DATA).isPresent())) {
      section.fault(
          URL,
          "is given beside tradingUrl or dataUrl",
          "give url alone for both, or the two without it");
    }
    trading = trading.or(() -> both);
    data = data.or(() -> both);
    note(TRADING, trading);
    note(DATA, data);
  }

  private void note(String key, Optional<URI> address) {
    section.noted(
        key,
        address.map(URI::toString).orElse("Alpaca's own"),
        address.isPresent() ? Setting.Origin.FILE : Setting.Origin.DEFAULT);
  }

  private Optional<URI> address(String key) {
    return address(section, key);
  }

  /** An address that may be left out; not noted. */
  static Optional<URI> address(Section section, String key) {
    return section
        .given(key)
        .flatMap(
            value ->
                switch (value) {
                  case Value.Text text -> new BaseAddress(section, key).parsed(text.value());
                  case Value.Number _,
                      Value.Flag _,
                      Value.Empty _,
                      Value.Reference _,
                      Value.Items _,
                      Value.Fields _ -> {
                    section.fault(
                        key, "is " + value.found(), "use one such as " + BaseAddress.EXAMPLE);
                    yield Optional.empty();
                  }
                });
  }
}
