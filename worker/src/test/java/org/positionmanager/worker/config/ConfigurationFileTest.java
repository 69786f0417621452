package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault is one line that names file, field and fix. */
class ConfigurationFileTest {
  private static final Map<String, String> KEYS = Map.of("KEY", "id-1", "SECRET", "very-secret");
  private static final String GOOD =
      """
      accounts:
        - name: large
          aliases: [large-100k]
          brokerAccountNumber: PA1
          credentials: {keyEnv: KEY, secretEnv: SECRET}
      """;

  @TempDir private Path folder;

  @Test
  void aGoodFileIsReadAndItsSecretsAreMasked() throws Exception {
    Configuration configuration = ConfigurationFile.read(file(GOOD), KEYS);
    assertThat(configuration.accounts()).hasSize(1);
    assertThat(configuration.accounts().getFirst().live()).isFalse();
    assertThat(configuration.toString()).doesNotContain("very-secret").doesNotContain("id-1");
  }

  @Test
  void anUnknownKeySuggestsTheNearest() throws Exception {
    assertThat(faults(GOOD + "brokr: {stockFeed: iex}\n", KEYS))
        .containsExactly(folder + "/pm.yaml: brokr is unknown; did you mean broker?");
  }

  @Test
  void aMissingCredentialNamesItsVariable() throws Exception {
    assertThat(faults(GOOD, Map.of("KEY", "id-1")))
        .containsExactly(
            folder
                + "/pm.yaml: accounts[0].credentials.secretEnv SECRET is not set; export SECRET");
  }

  @Test
  void allFaultsAreToldAtOnce() throws Exception {
    assertThat(
            faults(
                """
                accounts:
                  - name: LARGE
                    credentials: {keyEnv: KEY, keyFile: key.txt, secretEnv: SECRET}
                broker: {stockFeed: x}
                """,
                KEYS))
        .hasSize(4)
        .anyMatch(fault -> fault.contains("accounts[0].name"))
        .anyMatch(fault -> fault.contains("accounts[0].brokerAccountNumber is missing"))
        .anyMatch(fault -> fault.contains("must name one source of the key"))
        .anyMatch(fault -> fault.contains("broker.stockFeed is the text x; use sip, iex"));
  }

  @Test
  void aMissingFileSaysHowToGiveOne() {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> ConfigurationFile.read(folder.resolve("none.yaml"), KEYS));
    assertThat(failure.faults())
        .containsExactly(
            folder + "/none.yaml: does not exist; give the configuration with --config FILE");
  }

  @Test
  void aSettingThatIsNoLongerOneIsRefusedAndSaysWhy() throws Exception {
    assertThat(faults(GOOD + "broker: {url: 'http://127.0.0.1:1', speed: 60}\n", KEYS))
        .containsExactly(
            folder
                + "/pm.yaml: broker.speed is a setting no longer; remove it: a simulated exchange"
                + " tells its own speed");
  }

  private List<String> faults(String yaml, Map<String, String> environment) throws IOException {
    Path file = file(yaml);
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class, () -> ConfigurationFile.read(file, environment));
    assertThat(failure).as("the file is refused").isNotNull();
    return failure.faults();
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("pm.yaml"), yaml);
  }
}
