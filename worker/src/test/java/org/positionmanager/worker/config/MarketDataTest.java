package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.alpaca.SymbolLimits;
import org.positionmanager.activities.live.FeedTimes;

/** Feeds and streams: of all accounts, and of one that subscribes to others. */
class MarketDataTest {
  private static final int ANY = Integer.MAX_VALUE;

  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PmYaml(folder);
  }

  private static String streams(String settings) {
    return GOOD + "broker: {streams: {" + settings + "}}\n";
  }

  private static String own(String settings) {
    return GOOD + "    marketData: {" + settings + "}\n";
  }

  private static Configuration.MarketData of(Configuration configuration) {
    return configuration.served().getFirst().marketData().over(configuration.broker().marketData());
  }

  @Test
  void withoutSettingsTheFreeFeedsAreStreamedAsFarAsTheBrokerSays() throws Exception {
    Configuration configuration = yaml.read(GOOD);
    assertThat(of(configuration))
        .isEqualTo(new Configuration.MarketData("iex", "indicative", true, SymbolLimits.UNKNOWN));
    assertThat(configuration.broker().streams().url()).isEmpty();
    assertThat(configuration.broker().streams().feed()).isEqualTo(FeedTimes.DEFAULT);
    assertThat(configuration.broker().streams().silentAfter()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void everySettingOfTheStreamsIsTaken() throws Exception {
    Configuration.Broker broker =
        yaml.read(
                streams(
                    "enabled: false, url: 'http://localhost:9', stockSymbols: 30,"
                        + " optionSymbols: 200, silentAfter: 1m30s, answerWithin: 5s,"
                        + " pollEach: 2s, recheckAfter: 1m"))
            .broker();
    assertThat(broker.marketData())
        .isEqualTo(
            new Configuration.MarketData("iex", "indicative", false, new SymbolLimits(30, 200)));
    assertThat(broker.streams())
        .isEqualTo(
            new Configuration.Streams(
                Optional.of(URI.create("http://localhost:9")),
                Duration.ofSeconds(90),
                Duration.ofSeconds(5),
                new FeedTimes(Duration.ofSeconds(2), Duration.ofMinutes(1))));
  }

  @Test
  void oneAccountMayHaveOtherFeedsLimitsAndNoStreams() throws Exception {
    String common = "broker: {stockFeed: iex, streams: {stockSymbols: 30, optionSymbols: 200}}\n";
    assertThat(of(yaml.read(own("stockFeed: sip, streams: false") + common)))
        .as("a limit belongs to its feed")
        .isEqualTo(
            new Configuration.MarketData("sip", "indicative", false, new SymbolLimits(ANY, 200)));
    assertThat(of(yaml.read(own("optionFeed: opra, optionSymbols: 1000") + common)))
        .isEqualTo(new Configuration.MarketData("iex", "opra", true, new SymbolLimits(30, 1000)));
  }

  @Test
  void whatOneAccountHasOfItsOwnIsShown() throws Exception {
    assertThat(yaml.read(own("stockFeed: sip")).effective())
        .contains(new Setting("accounts.large.marketData.stockFeed", "sip", Setting.Origin.FILE))
        .noneMatch(it -> it.name().equals("accounts.large.marketData.optionFeed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled: 1       | enabled is the number 1; write true or false",
        "stockSymbols: 0  | stockSymbols is the number 0; give a whole number from 1 to 100000"
            + " (30 stocks in Alpaca's free plan), or remove it: the broker then says when there"
            + " are too many",
        "silentAfter: 10  | silentAfter is the number 10; write a time from 1s to 10m, such as 10s",
        "silentAfter: 11m | silentAfter is the text 11m; write a time from 1s to 10m, such as 10s",
        "answerWithin: 0s | answerWithin is the text 0s; write a time from 1s to 1m, such as 10s",
        "pollEach: soon   | pollEach is the text soon; write a time from 1s to 1m, such as 1s",
        "pollEach: 20s    | recheckAfter is 15s, shorter than pollEach 20s; write 20s or more",
        "silentafter: 5s  | silentafter is unknown; did you mean broker.streams.silentAfter?",
        "url: localhost   | url is localhost without http:// or https://; use http://localhost",
        "url: 'https://stream.data.alpaca.markets' | url is a host of Alpaca's, which has one for"
            + " each kind of stream; remove it: Alpaca's own are used without it",
      })
  void whatDoesNotFitIsNamedWithItsFix(String setting, String fault) throws Exception {
    assertThat(yaml.faults(streams(setting))).containsExactly("broker.streams." + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stockFeed: ixe | stockFeed is the text ixe; did you mean iex?",
        "optionFeed: free | optionFeed is the text free; use opra or indicative",
        "streams: off | streams is the text off; write true or false",
        "optionSymbols: many | optionSymbols is the text many; give a whole number from 1 to 100000"
            + " (30 stocks in Alpaca's free plan), or remove it: the broker then says when there"
            + " are too many",
      })
  void soIsWhatDoesNotFitOneAccount(String setting, String fault) throws Exception {
    assertThat(yaml.faults(own(setting))).containsExactly("accounts[0].marketData." + fault);
  }
}
