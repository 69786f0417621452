package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.workflows.identity.AccountName;

/** What the old system's names of accounts lead to. */
class OldAccountsTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName GONE = new AccountName("gone");

  @TempDir private Path folder;
  private Configuration configuration;

  @BeforeEach
  void readTheConfiguration() throws Exception {
    Path file = folder.resolve("pm.yaml");
    Files.writeString(
        file,
        """
        accounts:
          - name: large
            aliases: [large-100k]
            brokerAccountNumber: PA1
            credentials: {keyEnv: KEY, secretEnv: SECRET}
        """);
    configuration = ConfigurationFile.read(file, Map.of("KEY", "k", "SECRET", "s"));
  }

  private Function<String, Optional<AccountRegistry.Found>> accounts(
      AccountRegistry.Found... registered) {
    return OldAccounts.of(
        configuration,
        name -> Arrays.stream(registered).filter(it -> it.name().value().equals(name)).findFirst());
  }

  @Test
  @DisplayName("incident 8: the name and its alias lead to one account, other names to none")
  void nameAndAliasLeadToOneAccount() {
    Optional<AccountRegistry.Found> large =
        Optional.of(new AccountRegistry.Found(LARGE, true, false));
    assertThat(accounts().apply("large")).isEqualTo(large);
    assertThat(accounts().apply("large-100k")).isEqualTo(large);
    assertThat(accounts().apply("medium")).isEmpty();
    assertThat(accounts().apply("")).isEmpty();
  }

  @Test
  void theRegistryKnowsOfAccountsThatAreOutOfUseOrNotConfiguredHere() {
    AccountRegistry.Found outOfUse = new AccountRegistry.Found(LARGE, false, false);
    AccountRegistry.Found elsewhere = new AccountRegistry.Found(GONE, true, false);
    assertThat(accounts(outOfUse, elsewhere).apply("large-100k")).contains(outOfUse);
    assertThat(accounts(outOfUse, elsewhere).apply("gone")).contains(elsewhere);
  }
}
