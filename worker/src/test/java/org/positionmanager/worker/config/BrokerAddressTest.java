package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where orders and keys go is never left to a guess. */
class BrokerAddressTest {
  private static final String LIVE = GOOD + "    live: true\n";

  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PmYaml(folder);
  }

  @Test
  void withoutAnAddressAlpacasOwnHostsAreUsed() throws Exception {
    assertThat(yaml.read(GOOD).broker().tradingUrl()).isEmpty();
    assertThat(yaml.read(GOOD).broker().dataUrl()).isEmpty();
  }

  @Test
  void oneUrlStandsForTradingAndData() throws Exception {
    Configuration.Broker broker = yaml.read(with("url: 'http://localhost:8999/'")).broker();
    assertThat(broker.tradingUrl()).contains(URI.create("http://localhost:8999"));
    assertThat(broker.dataUrl()).contains(URI.create("http://localhost:8999"));
  }

  @Test
  void tradingAndDataCanBeAtDifferentAddresses() throws Exception {
    Configuration.Broker broker =
        yaml.read(with("tradingUrl: 'http://[::1]:1', dataUrl: 'https://data.example.com'"))
            .broker();
    assertThat(broker.tradingUrl()).contains(URI.create("http://[::1]:1"));
    assertThat(broker.dataUrl()).contains(URI.create("https://data.example.com"));
  }

  @Test
  void oneUrlBesideItsPartsIsRefused() throws Exception {
    assertThat(yaml.faults(with("url: 'http://a:1', dataUrl: 'http://b:2'")))
        .containsExactly(
            "broker.url is given beside tradingUrl or dataUrl; give url alone for both, or the"
                + " two without it");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8999, http://localhost:8999",
    "127.0.0.1:8999, http://127.0.0.1:8999",
    "localhost, http://localhost",
    "//localhost:8999, http://localhost:8999",
    "paper-api.alpaca.markets, https://paper-api.alpaca.markets",
  })
  void anAddressWithoutASchemeIsToldTheWholeAddress(String written, String whole) throws Exception {
    assertThat(yaml.faults(with("url: '" + written + "'")))
        .containsExactly("broker.url is " + written + " without http:// or https://; use " + whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hunter2@localhost:8999",
        "http://hunter2@localhost:8999",
        "user:hunter2@localhost:8999",
        "http://user:hunter2 x@localhost",
      })
  void aUserInAnAddressIsRefusedAndNotRepeated(String written) throws Exception {
    assertThat(yaml.faults(with("url: '" + written + "'")))
        .containsExactly(
            "broker.url holds a user name or password; remove it: keys belong in credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8999/v2, /v2",
    "http://localhost:8999/../admin, /../admin",
    "http://localhost:8999/%2e%2e/admin, /%2e%2e/admin",
    "https://paper-api.alpaca.markets/v2, /v2",
    "http://localhost//, //",
  })
  void aPathIsRefusedAsOnlySchemeHostAndPortAreUsed(String written, String path) throws Exception {
    assertThat(yaml.faults(with("tradingUrl: '" + written + "'")))
        .containsExactly(
            "broker.tradingUrl has the path "
                + path
                + "; remove the path: only scheme, host and port are used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost?token=hunter2", "http://localhost/#hunter2"})
  void aQueryIsRefusedAndNotRepeated(String written) throws Exception {
    assertThat(yaml.faults(with("url: '" + written + "'")))
        .containsExactly(
            "broker.url holds a query or fragment; remove it: only scheme, host and port are used");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://localhost, is of scheme ftp; use http or https",
    "http://localhost:99999, has port 99999; use 1 to 65535",
    "http://localhost:0, has port 0; use 1 to 65535",
    "http://, is no address; use one such as http://127.0.0.1:8999",
    "http://a b, is no address; use one such as http://127.0.0.1:8999",
    "http://localhost:port, is no address; use one such as http://127.0.0.1:8999",
  })
  void whatIsNoAddressIsRefused(String written, String fault) throws Exception {
    assertThat(yaml.faults(with("dataUrl: '" + written + "'")))
        .containsExactly("broker.dataUrl " + fault);
  }

  @Test
  void anAddressIsText() throws Exception {
    assertThat(yaml.faults(with("url: 8999")))
        .containsExactly("broker.url is the number 8999; use one such as http://127.0.0.1:8999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "tradingUrl"})
  void aLiveAccountAtThePaperHostIsRefused(String key) throws Exception {
    String broker = "broker: {" + key + ": 'https://paper-api.alpaca.markets'}\n";
    assertThat(yaml.faults(LIVE + broker))
        .contains(
            "broker."
                + key
                + " is Alpaca's paper host, but account large has live: true and is real money;"
                + " remove "
                + key
                + " (live accounts then trade at https://api.alpaca.markets), or live: true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "tradingUrl"})
  void aPaperAccountAtTheLiveHostIsRefused(String key) throws Exception {
    String broker = "broker: {" + key + ": 'https://API.alpaca.markets'}\n";
    assertThat(yaml.faults(GOOD + broker))
        .contains(
            "broker."
                + key
                + " is Alpaca's live host, where real money trades, but account large does not"
                + " have live: true; remove "
                + key
                + " (paper accounts then trade at https://paper-api.alpaca.markets), or add live:"
                + " true if real money is meant");
  }

  @Test
  void theHostThatFitsTheAccountIsTaken() throws Exception {
    assertThat(
            yaml.read(LIVE + "broker: {tradingUrl: 'https://api.alpaca.markets'}\n")
                .broker()
                .tradingUrl())
        .contains(URI.create("https://api.alpaca.markets"));
    assertThat(
            yaml.read(with("tradingUrl: 'https://paper-api.alpaca.markets'")).broker().tradingUrl())
        .contains(URI.create("https://paper-api.alpaca.markets"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: 'https://paper-api.alpaca.markets' | url is a host of Alpaca's, which has one for"
            + " trading and one for data; remove it: Alpaca's own are used without it",
        "tradingUrl: 'https://data.alpaca.markets' | tradingUrl is data.alpaca.markets, where"
            + " Alpaca does not trade; remove it: Alpaca's own is used without it",
        "dataUrl: 'https://paper-api.alpaca.markets' | dataUrl is paper-api.alpaca.markets, where"
            + " Alpaca has no market data; remove it: Alpaca's own is used without it",
        "tradingUrl: 'http://paper-api.alpaca.markets' | tradingUrl sends the key to Alpaca"
            + " unencrypted; use https://paper-api.alpaca.markets",
      })
  void anAlpacaHostIsUsedForWhatItIs(String setting, String fault) throws Exception {
    assertThat(yaml.faults(with(setting))).containsExactly("broker." + fault);
  }

  @Test
  void aLiveKeyDoesNotCrossTheNetworkUnencrypted() throws Exception {
    assertThat(yaml.faults(LIVE + "broker: {tradingUrl: 'http://proxy:80'}\n"))
        .containsExactly(
            "broker.tradingUrl sends the key of live account large unencrypted; use https, or a"
                + " host on loopback");
    assertThat(yaml.read(LIVE + "broker: {tradingUrl: 'http://localhost:80'}\n").served())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "stockFeed: ixe, stockFeed is the text ixe; did you mean iex?",
    "stockFeed: SIP, stockFeed is the text SIP; did you mean sip?",
    "optionFeed: realtime, optionFeed is the text realtime; use opra or indicative",
  })
  void aFeedIsOneThatAlpacaHas(String setting, String fault) throws Exception {
    assertThat(yaml.faults(with(setting))).containsExactly("broker." + fault);
  }

  private static String with(String settings) {
    return GOOD + "broker: {" + settings + "}\n";
  }
}
