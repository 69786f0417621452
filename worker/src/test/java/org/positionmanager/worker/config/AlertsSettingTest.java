package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.activities.alert.delivery.Endpoint;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.workflows.activity.LedgerActivities.Alert.Severity;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/** What {@code pm.yaml} says of limits, bounds and endpoints. */
class AlertsSettingTest {
  private static final String SLACK = "https://hooks.slack.com/services/T0/B0/verysecret";

  private Path folder;
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    this.folder = folder;
    yaml = new PmYaml(folder);
  }

  private static String alerts(String lines) {
    return GOOD + "alerts:\n" + lines.indent(2);
  }

  private static String endpoint(String lines) {
    return alerts("endpoints:\n  - " + lines.strip().replace("\n", "\n    "));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> environment = new HashMap<>(PmYaml.KEYS);
    environment.put(name, value);
    return environment;
  }

  @Test
  void withoutThemTheDefaultsHold() throws Exception {
    Configuration read = yaml.read(GOOD);
    assertThat(read.alerts()).isEqualTo(Configuration.Alerts.DEFAULT);
    assertThat(read.served().getFirst().limits()).isEqualTo(AccountLimits.NONE);
  }

  @Test
  void limitsAreExact() throws Exception {
    String limits =
        "    limits: {positions: 5, notional: 10000.10, contracts: 10, dailyLoss: 500}\n";
    assertThat(yaml.read(GOOD + limits).served().getFirst().limits())
        .isEqualTo(
            new AccountLimits(
                Optional.of(5),
                Optional.of(Money.parse("10000.1")),
                Optional.of(Quantity.of(10)),
                Optional.of(Money.parse("500"))));
    assertThat(yaml.read(GOOD + limits).effective())
        .contains(new Setting("accounts.large.limits.dailyLoss", "500 USD", Setting.Origin.FILE));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "dailyLoss: 0, `limits.dailyLoss is 0 USD; write a number above zero such as 500`",
        "notional: much, `limits.notional is the text much; write a number such as 10000`",
        "positions: 0, `limits.positions is the number 0; give a whole number from 1 to 100000, without quotes`",
        "gate: true, `limits.gate is true, but there is no limit to keep; give one or more of positions, notional, contracts, dailyLoss, rapidPositions, or remove it`",
        "gate: yes, `limits.gate is the text yes; write true or false`",
        "rapidPositions: 1, `limits.rapidPositions is the number 1; give a whole number from 2 to 100000, without quotes`",
        "rapidWithin: 5m, `limits.rapidWithin is given without rapidPositions; say how many positions within that time are too rapid, such as rapidPositions: 5`",
        "contract: 1, `limits.contract is unknown; did you mean accounts[0].limits.contracts?`",
      })
  void aLimitThatCannotBeMeantIsNamed(String limit, String fault) throws Exception {
    assertThat(yaml.faults(GOOD + "    limits: {" + limit + "}\n"))
        .containsExactly("accounts[0]." + fault);
  }

  @Test
  void theKillSwitchMayCountTheEquity() throws Exception {
    String equity = "    killSwitch: {dailyLoss: 500, counting: equity}\n";
    assertThat(yaml.read(GOOD + equity).served().getFirst().killSwitch())
        .contains(new Configuration.KillAt(Money.parse("500"), KillSwitch.Counting.EQUITY));
    assertThat(yaml.faults(GOOD + "    killSwitch: {dailyLoss: 500, counting: equty}\n"))
        .containsExactly("accounts[0].killSwitch.counting is the text equty; did you mean equity?");
    assertThat(yaml.faults(GOOD + "    killSwitch: {counting: equity}\n"))
        .containsExactly(
            "accounts[0].killSwitch.dailyLoss is missing; write what may be lost, such as 500");
  }

  @Test
  void limitsAreGatesOnlyWhereTheySaySo() throws Exception {
    String limits = "    limits: {positions: 5, rapidPositions: 3, rapidWithin: 90s, gate: %s}\n";
    AccountLimits told = yaml.read(GOOD + limits.formatted(false)).served().getFirst().limits();
    assertThat(told.gate()).isFalse();
    assertThat(told.rapidCreation())
        .contains(new AccountLimits.RapidCreation(3, Duration.ofSeconds(90)));
    Configuration gated = yaml.read(GOOD + limits.formatted(true));
    assertThat(gated.served().getFirst().limits()).isEqualTo(told.asGate());
    assertThat(gated.effective())
        .contains(
            new Setting("accounts.large.limits.gate", "true", Setting.Origin.FILE),
            new Setting("accounts.large.limits.rapidWithin", "1m30s", Setting.Origin.FILE));
    assertThat(
            yaml.read(GOOD + "    limits: {rapidPositions: 3, gate: true}\n")
                .served()
                .getFirst()
                .limits()
                .rapidCreation())
        .contains(new AccountLimits.RapidCreation(3, Duration.ofMinutes(5)));
  }

  @Test
  void theTierIsAWord() throws Exception {
    assertThat(yaml.read(GOOD).served().getFirst().tier()).isEmpty();
    Configuration read = yaml.read(GOOD + "    tier: funded\n");
    assertThat(read.served().getFirst().tier()).contains(new AccountTier("funded"));
    assertThat(read.effective())
        .contains(new Setting("accounts.large.tier", "funded", Setting.Origin.FILE));
    assertThat(yaml.faults(GOOD + "    tier: Very Funded\n"))
        .containsExactly(
            "accounts[0].tier is the text Very Funded; use up to 30 lower case letters, digits and"
                + " hyphens, such as funded");
  }

  @Test
  void theKillSwitchIsOffUnlessItIsGiven() throws Exception {
    assertThat(yaml.read(GOOD).served().getFirst().killSwitch()).isEmpty();
    String on = "    killSwitch: {dailyLoss: 750.50}\n";
    assertThat(yaml.read(GOOD + on).served().getFirst().killSwitch())
        .contains(new Configuration.KillAt(Money.parse("750.5"), KillSwitch.Counting.REALISED));
    assertThat(yaml.read(GOOD + on).served().getFirst().limits()).isEqualTo(AccountLimits.NONE);
    assertThat(yaml.read(GOOD + on).effective())
        .contains(
            new Setting("accounts.large.killSwitch.dailyLoss", "750.5 USD", Setting.Origin.FILE),
            new Setting("accounts.large.killSwitch.counting", "realised", Setting.Origin.DEFAULT));
    assertThat(yaml.faults(GOOD + "    killSwitch: {dailyLoss: 0}\n"))
        .containsExactly(
            "accounts[0].killSwitch.dailyLoss is 0 USD; write a number above zero such as 500");
  }

  @Test
  void boundsAreTimesWithTheirUnits() throws Exception {
    Configuration.Alerts read =
        yaml.read(
                alerts("rapidPositions: 3\nrapidWithin: 10m\nstuckExitAfter: 90s\nrepeatEvery: 4h"))
            .alerts();
    AlertBounds usual = AlertBounds.DEFAULT;
    assertThat(read.bounds())
        .isEqualTo(
            new AlertBounds(
                3,
                Duration.ofMinutes(10),
                usual.lossesInARow(),
                Duration.ofSeconds(90),
                usual.staleAfter(),
                usual.silentWatchAfter(),
                usual.noWorkerAfter(),
                usual.lateSyncAfter()));
    assertThat(read.repeatEvery()).isEqualTo(Duration.ofHours(4));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "noWorkerAfter: 41s, `noWorkerAfter is 41s; write a time above zero, 40s at most`",
        "staleAfter: 5, `staleAfter is the number 5; add the unit: 5m for minutes`",
        "lossesInARow: 1, `lossesInARow is the number 1; give a whole number from 2 to 20, without quotes`",
        "endpoint: [], `endpoint is unknown; did you mean alerts.endpoints?`",
        "endpoints: ops, `endpoints is a text; write a list, each beginning with \"- name:\"`",
      })
  void aBoundThatCannotBeMeantIsNamed(String line, String fault) throws Exception {
    assertThat(yaml.faults(alerts(line))).containsExactly("alerts." + fault);
  }

  @Test
  void anEndpointMaySayWhatItIsFor() throws Exception {
    Endpoint read =
        yaml.read(
                endpoint(
                    """
                    name: ops
                    url: https://ops.example/hook
                    secretEnv: OPS
                    kinds: [stuck-exit, blind]
                    minSeverity: critical
                    accounts: [large-100k]
                    perMinute: 3
                    """),
                with("OPS", "signing"))
            .alerts()
            .endpoints()
            .getFirst();
    assertThat(read.name()).isEqualTo("ops");
    assertThat(read.format()).isEqualTo(Endpoint.Format.WEBHOOK);
    assertThat(read.signedWith()).isPresent();
    assertThat(read.kinds()).isEqualTo(Set.of(AlertKind.STUCK_EXIT, AlertKind.BLIND));
    assertThat(read.least()).isEqualTo(Severity.CRITICAL);
    assertThat(read.accounts()).containsExactly(new AccountName("large"));
    assertThat(read.perMinute()).isEqualTo(3);
    assertThat(read.toString()).doesNotContain("example", "signing");
  }

  @Test
  void aSlackAddressIsASecretThatIsNeverShown() throws Exception {
    Path file = Files.writeString(folder.resolve("slack"), SLACK + "\n");
    for (String source : List.of("urlEnv: SLACK", "urlFile: '" + file + "'", "url: " + SLACK)) {
      Configuration read =
          yaml.read(endpoint("name: chat\nformat: slack\n" + source), with("SLACK", SLACK));
      assertThat(read.alerts().endpoints()).extracting(Endpoint::name).containsExactly("chat");
      assertThat(read.toString()).doesNotContain("verysecret");
      assertThat(Setting.aligned(read.effective()))
          .anySatisfy(line -> assertThat(line).contains("alerts.endpoints.chat.url", "****"));
    }
  }

  @Test
  void anAddressThatIsMissingHereKeepsNoWorkerFromItsPositions() throws Exception {
    Configuration read =
        yaml.read(endpoint("name: chat\nformat: slack\nurlEnv: SLACK"), PmYaml.KEYS);
    assertThat(read.served()).hasSize(1);
    assertThat(read.alerts().endpoints()).isEmpty();
    assertThat(read.alerts().unusable())
        .singleElement()
        .asString()
        .endsWith("alerts.endpoints[0].urlEnv SLACK is not set; export SLACK");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`name: a\nurl: ftp://x/y`, `.url is no address; give one that begins with https:// or http://`",
        "`name: a`, ` names no address; give one of url, urlEnv and urlFile`",
        "`name: a\nurl: http://x\nurlEnv: X`, ` names url and urlEnv; give one of url, urlEnv and urlFile`",
        "`name: A\nurl: http://x`, `.name is the text A; use up to 50 lower case letters, digits and hyphens, such as ops`",
        "`url: http://x`, `.name is missing; give one such as ops`",
        "`name: a\nurl: http://x\nformat: slck`, `.format is the text slck; did you mean slack?`",
        "`name: a\nurl: http://x\nminSeverity: hot`, `.minSeverity is the text hot; use info, warning or critical`",
        "`name: a\nurl: http://x\nkinds: [stuck-exits]`, `.kinds holds the text stuck-exits; did you mean stuck-exit?`",
        "`name: a\nurl: http://x\naccounts: [lagre]`, `.accounts holds the text lagre, which is no account of the configuration; did you mean large?`",
        "`name: a\nurl: http://x\nperMinute: 0`, `.perMinute is the number 0; give a whole number from 1 to 600, without quotes`",
      })
  void anEndpointThatCannotBeMeantIsNamed(String lines, String fault) throws Exception {
    assertThat(yaml.faults(endpoint(lines))).containsExactly("alerts.endpoints[0]" + fault);
  }

  @Test
  void anAddressInPlaceOfItsVariableIsNotRepeated() throws Exception {
    assertThat(yaml.faults(endpoint("name: chat\nformat: slack\nurlEnv: " + SLACK)))
        .containsExactly(
            "alerts.endpoints[0].urlEnv looks like the url itself; give the name of the variable"
                + " that holds it");
  }

  @Test
  void theSameNameTwiceWouldMixTheirDeliveries() throws Exception {
    assertThat(
            yaml.faults(
                alerts(
                    "endpoints:\n  - {name: a, url: 'http://x'}\n  - {name: a, url: 'http://y'}")))
        .containsExactly("alerts.endpoints[1].name is a, as is another's; give it its own");
  }

  @Test
  void anIntakeReadsThemWithoutTheAccountsKeys() throws Exception {
    Path file = folder.resolve("pm.yaml");
    Files.writeString(file, endpoint("name: ops\nurl: http://127.0.0.1:1/hook"));
    assertThat(ConfigurationFile.alerts(file, Map.of()).endpoints()).hasSize(1);
  }

  @Test
  void aGateNeedsSomebodyWhoAdoptsWhatIsBoughtAllTheSame() throws Exception {
    String gate = GOOD + "    limits: {positions: 5, gate: true}\n";
    assertThat(yaml.faults(gate + "sync: {adopt: off}\n"))
        .containsExactly(
            "sync.adopt is off, while the limits of large keep rows out; write paused or watch, so"
                + " that what a dispatcher has bought all the same is watched, or remove"
                + " limits.gate");
    assertThat(yaml.read(gate).served()).hasSize(1);
  }
}
