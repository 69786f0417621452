package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No name, alias or broker account may mean two accounts. */
class AccountNamesTest {
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PmYaml(folder);
  }

  @Test
  void twoAccountsOfOneNameAreRefused() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, []", "large, PA2, []")))
        .containsExactly(
            "accounts[1].name is large, as is accounts[0].name; give each account names of its"
                + " own");
  }

  @Test
  void anAliasThatIsAnotherAccountsNameIsRefusedInEitherOrder() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, [tiny]", "tiny, PA2, []")))
        .containsExactly(
            "accounts[0].aliases[0] is tiny, as is accounts[1].name; give each account names of"
                + " its own");
    assertThat(yaml.faults(accounts("large, PA1, []", "tiny, PA2, [large]")))
        .containsExactly(
            "accounts[1].aliases[0] is large, as is accounts[0].name; give each account names of"
                + " its own");
  }

  @Test
  void anAliasOfTwoAccountsIsRefused() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, [x, main]", "tiny, PA2, [main]")))
        .containsExactly(
            "accounts[1].aliases[0] is main, as is accounts[0].aliases[1]; give each account names"
                + " of its own");
  }

  @Test
  void anAliasThatSaysNothingNewIsRefused() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, [large, x, x]")))
        .containsExactly(
            "accounts[0].aliases[0] is large, as is accounts[0].name; remove one of them",
            "accounts[0].aliases[2] is x, as is accounts[0].aliases[1]; remove one of them");
  }

  @Test
  void twoAccountsWithOneBrokerAccountAreRefused() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, []", "tiny, PA1, []")))
        .containsExactly(
            "accounts[1].brokerAccountNumber is PA1, as is accounts[0].brokerAccountNumber; give"
                + " each account its own");
  }

  @ParameterizedTest
  @CsvSource({"LARGE", "large account", "-large", "a_b"})
  void aNameHasTheFormOfATaskQueue(String name) throws Exception {
    assertThat(yaml.faults(accounts(name + ", PA1, []")))
        .containsExactly(
            "accounts[0].name is the text "
                + name
                + "; use up to 50 lower case letters, digits and hyphens, such as large");
  }

  @ParameterizedTest
  @CsvSource({"PA 1", "PA/1"})
  void aBrokerAccountNumberHasLettersAndDigits(String number) throws Exception {
    assertThat(yaml.faults(accounts("large, " + number + ", []")))
        .containsExactly(
            "accounts[0].brokerAccountNumber is the text "
                + number
                + "; copy it from the broker's dashboard, such as PA3ABCDEFGHI");
  }

  @Test
  void anAliasThatTheLedgerCannotHoldIsRefused() throws Exception {
    assertThat(yaml.faults(accounts("large, PA1, [" + "x".repeat(51) + "]")))
        .containsExactly(
            "accounts[0].aliases[0] has 51 characters; shorten it to 50, which the ledger holds");
    assertThat(yaml.read(accounts("large, PA1, [" + "x".repeat(50) + "]")).served()).hasSize(1);
  }

  /** Accounts, each as "name, number, aliases". */
  private static String accounts(String... accounts) {
    StringBuilder text = new StringBuilder("accounts:\n");
    for (String account : accounts) {
      String[] parts = account.split(", ", 3);
      text.append("  - name: ").append(parts[0]).append('\n');
      text.append("    brokerAccountNumber: ").append(parts[1]).append('\n');
      text.append("    aliases: ").append(parts[2]).append('\n');
      text.append("    credentials: {keyEnv: KEY, secretEnv: SECRET}\n");
    }
    return text.toString();
  }
}
