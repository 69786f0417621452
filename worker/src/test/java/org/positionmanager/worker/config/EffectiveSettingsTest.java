package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in effect and why can be read off, defaults included. */
class EffectiveSettingsTest {
  private Path folder;
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    this.folder = folder;
    yaml = new PmYaml(folder);
  }

  @Test
  void everySettingIsShownWithItsOriginInAlignedColumns() throws Exception {
    assertThat(Setting.aligned(yaml.read(GOOD + "http: {port: 9090}\n").effective()))
        .containsExactly(
            "accounts.large.aliases              large-100k          file",
            "accounts.large.brokerAccountNumber  PA1                 file",
            "accounts.large.live                 false               default",
            "accounts.large.key                  **** (KEY)          environment",
            "accounts.large.secret               **** (SECRET)       environment",
            "accounts.large.limits.gate          false               default",
            "broker.tradingUrl                   Alpaca's own        default",
            "broker.dataUrl                      Alpaca's own        default",
            "broker.requestsPerMinute            200                 default",
            "broker.stockFeed                    iex                 default",
            "broker.optionFeed                   indicative          default",
            "broker.streams.enabled              true                default",
            "broker.streams.stockSymbols         as the broker says  default",
            "broker.streams.optionSymbols        as the broker says  default",
            "broker.streams.url                  that of requests    default",
            "broker.streams.silentAfter          10s                 default",
            "broker.streams.answerWithin         10s                 default",
            "broker.streams.pollEach             1s                  default",
            "broker.streams.recheckAfter         15s                 default",
            "plans                               shipped             default",
            "watch                               true                default",
            "sync.every                          5m                  default",
            "sync.adoptAfter                     1m                  default",
            "sync.adopt                          paused              default",
            "http.host                           127.0.0.1           default",
            "http.port                           9090                file",
            "alerts.rapidPositions               5                   default",
            "alerts.rapidWithin                  5m                  default",
            "alerts.lossesInARow                 3                   default",
            "alerts.stuckExitAfter               2m                  default",
            "alerts.staleAfter                   2m                  default",
            "alerts.silentWatchAfter             15s                 default",
            "alerts.noWorkerAfter                30s                 default",
            "alerts.lateSyncAfter                3                   default",
            "alerts.repeatEvery                  1h                  default");
  }

  @Test
  void oneUrlShowsAsTheTwoThatItSets() throws Exception {
    assertThat(yaml.read(GOOD + "broker: {url: 'http://127.0.0.1:1'}\n").effective())
        .contains(
            new Setting("broker.tradingUrl", "http://127.0.0.1:1", Setting.Origin.FILE),
            new Setting("broker.dataUrl", "http://127.0.0.1:1", Setting.Origin.FILE));
  }

  @Test
  void aSecretFromAFileAndOneThatIsMissingAreToldApart() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "id-1");
    String text =
        GOOD
            + """
              - name: tiny
                brokerAccountNumber: PA2
                credentials: {keyFile: '%s', secretEnv: TINY_SECRET}
            """
                .formatted(key);
    assertThat(yaml.read(text).effective())
        .contains(
            new Setting("accounts.tiny.aliases", "", Setting.Origin.DEFAULT),
            new Setting("accounts.tiny.key", "**** (" + key + ")", Setting.Origin.FILE),
            new Setting(
                "accounts.tiny.secret", "unusable (TINY_SECRET)", Setting.Origin.ENVIRONMENT));
  }

  @Test
  void thePagesListenOnLoopbackUnlessTheFileSaysOtherwise() throws Exception {
    assertThat(yaml.read(GOOD).http()).isEqualTo(new Configuration.Http("127.0.0.1", 0));
    assertThat(yaml.read(GOOD + "http: {host: 0.0.0.0, port: 80}\n").http())
        .isEqualTo(new Configuration.Http("0.0.0.0", 80));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'::'", "'::1'", "localhost", "worker-1.example.com"})
  void aHostIsANameOrAnAddress(String host) throws Exception {
    assertThat(yaml.read(GOOD + "http: {host: " + host + "}\n").http().host())
        .isEqualTo(host.replace("'", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, the text http://localhost",
    "localhost:8080, the text localhost:8080",
    "'*', the text *",
    "a b, the text a b",
  })
  void aHostThatIsMoreThanAHostIsRefused(String written, String found) throws Exception {
    assertThat(
            yaml.faults(
                GOOD + "http: {host: '" + written + "'}\n", Map.of("KEY", "k", "SECRET", "s")))
        .containsExactly(
            "http.host is "
                + found
                + "; give a host name or address alone, such as 127.0.0.1, or 0.0.0.0 for every"
                + " network");
  }
}
