package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.workflows.value.Money;

/** What all accounts of {@code pm.yaml} have in common, and what one of them says otherwise. */
class AccountDefaultsTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "KEY_SMALL_1", "id-1", "SECRET_SMALL_1", "s-1", "OWN_KEY", "id-2", "OWN_SECRET", "s-2");

  private static final String ACCOUNTS =
      """
      accounts:
        - {name: small-1, brokerAccountNumber: PA1}
        - name: other
          brokerAccountNumber: PA2
          tier: funded
          limits: {positions: 2}
          credentials: {keyEnv: OWN_KEY, secretEnv: OWN_SECRET}
      """;

  private Path folder;
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    this.folder = folder;
    yaml = new PmYaml(folder);
  }

  private static AccountLimits limits(int positions, String dailyLoss) {
    return new AccountLimits(
        Optional.of(positions),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Money.parse(dailyLoss)));
  }

  @Test
  void anAccountHasThemWhereItSaysNothingElseKeyByKey() throws Exception {
    Configuration read =
        yaml.read(
            """
            accountDefaults:
              tier: small
              limits: {positions: 5, dailyLoss: 500}
              killSwitch: {dailyLoss: 800}
              credentials: {keyEnv: "KEY_{NAME}", secretEnv: "SECRET_{NAME}"}
            """
                + ACCOUNTS,
            KEYS);
    Configuration.Served first = read.served().getFirst();
    Configuration.Served other = read.served().getLast();
    assertThat(first.limits()).isEqualTo(limits(5, "500"));
    assertThat(first.tier()).contains(new AccountTier("small"));
    assertThat(first.credentials().keyId()).isEqualTo("id-1");
    assertThat(other.limits()).as("its own number of positions").isEqualTo(limits(2, "500"));
    assertThat(other.tier()).contains(new AccountTier("funded"));
    assertThat(other.credentials().keyId()).isEqualTo("id-2");
    assertThat(List.of(first, other))
        .allSatisfy(
            it ->
                assertThat(it.killSwitch().orElseThrow().dailyLoss())
                    .isEqualTo(Money.parse("800")));
    assertThat(read.effective())
        .filteredOn(it -> it.name().equals("accounts.small-1.limits.positions"))
        .singleElement()
        .extracting(Setting::value, Setting::origin)
        .containsExactly("5", Setting.Origin.FILE);
  }

  @Test
  void aFileOfSecretsIsFoundByTheAccountsName() throws Exception {
    Files.writeString(folder.resolve("small-1.key"), "id-of-file");
    Files.writeString(folder.resolve("small-1.secret"), "secret-of-file");
    Configuration read =
        yaml.read(
            """
            accountDefaults:
              credentials: {keyFile: "%1$s/{name}.key", secretFile: "%1$s/{name}.secret"}
            accounts:
              - {name: small-1, brokerAccountNumber: PA1}
            """
                .formatted(folder),
            Map.of());
    assertThat(read.served().getFirst().credentials().keyId()).isEqualTo("id-of-file");
  }

  @Test
  void whatIsWrongWithThemIsToldOnceAndNamesThem() throws Exception {
    assertThat(
            yaml.faults(
                "accountDefaults: {limits: {positions: 0}}\n"
                    + ACCOUNTS.replace(
                        "PA1}",
                        "PA1, credentials: {keyEnv: KEY_SMALL_1, secretEnv: SECRET_SMALL_1}}"),
                KEYS))
        .singleElement()
        .asString()
        .startsWith("accountDefaults.limits.positions is the number 0");
  }

  @Test
  void whatOnlyOneAccountCanHaveIsNoDefault() throws Exception {
    assertThat(yaml.faults("accountDefaults: {aliases: [a]}\n" + PmYaml.GOOD))
        .singleElement()
        .asString()
        .startsWith("accountDefaults.aliases is unknown");
  }
}
