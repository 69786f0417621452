package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.workflows.identity.AccountName;

/** What of a configuration that was read again has to be done. */
class ConfigurationChangeTest {
  private static final String TINY =
      """
        - name: tiny
          brokerAccountNumber: PA2
          credentials: {keyEnv: KEY, secretEnv: SECRET}
      """;

  @TempDir private Path folder;
  private PmYaml file;

  @BeforeEach
  void openTheFolder() {
    file = new PmYaml(folder);
  }

  private ConfigurationChange change(String from, String to)
      throws IOException, ConfigurationException {
    return change(from, to, PmYaml.KEYS);
  }

  private ConfigurationChange change(String from, String to, Map<String, String> environment)
      throws IOException, ConfigurationException {
    Configuration started = file.read(from);
    return ConfigurationChange.of(started, started.served(), file.read(to, environment));
  }

  private static List<String> names(List<? extends Configuration.Account> accounts) {
    return accounts.stream().map(it -> it.name().value()).toList();
  }

  @Test
  void aFileThatSaysTheSameInOtherWordsChangesNothing() throws Exception {
    ConfigurationChange change = change(PmYaml.GOOD, "# a word\n" + PmYaml.GOOD);
    assertThat(change)
        .isEqualTo(
            new ConfigurationChange(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void anAccountThatIsAddedBeginsAndNoOtherIsTouched() throws Exception {
    ConfigurationChange change = change(PmYaml.GOOD, PmYaml.GOOD + TINY);
    assertThat(names(change.begun())).containsExactly("tiny");
    assertThat(change.changed()).isEmpty();
    assertThat(change.ended()).isEmpty();
    assertThat(change.afterRestart()).isEmpty();
  }

  @Test
  void anAccountThatIsRemovedEndsAndNoOtherIsTouched() throws Exception {
    ConfigurationChange change = change(PmYaml.GOOD + TINY, PmYaml.GOOD);
    assertThat(change.ended()).containsExactly(new AccountName("tiny"));
    assertThat(change.changed()).isEmpty();
    assertThat(change.begun()).isEmpty();
  }

  @Test
  void numberLimitsAndSecretChangeTheirOwnAccountOnly() throws Exception {
    String both = PmYaml.GOOD + TINY;
    assertThat(names(change(both, both.replace("PA2", "PA3")).changed())).containsExactly("tiny");
    assertThat(names(change(both, both + "    limits: {positions: 3}\n").changed()))
        .containsExactly("tiny");
    String own =
        both.replace("PA2\n    credentials: {keyEnv: KEY", "PA2\n    credentials: {keyEnv: OWN");
    assertThat(
            names(
                change(both, own, Map.of("KEY", "id-1", "SECRET", "very-secret", "OWN", "id-2"))
                    .changed()))
        .containsExactly("tiny");
    assertThat(names(change(both, both, Map.of("KEY", "id-1", "SECRET", "another")).changed()))
        .as("the secret alone, of both")
        .containsExactly("large", "tiny");
  }

  @Test
  void anAccountWhoseCredentialsAreGoneIsLeftAsItIs() throws Exception {
    String gone =
        (PmYaml.GOOD + TINY)
            .replace("PA2\n    credentials: {keyEnv: KEY", "PA2\n    credentials: {keyEnv: OWN");
    ConfigurationChange served = change(PmYaml.GOOD + TINY, gone);
    assertThat(names(served.left())).containsExactly("tiny");
    assertThat(served.ended()).isEmpty();
    assertThat(served.changed()).isEmpty();
    ConfigurationChange added = change(PmYaml.GOOD, gone);
    assertThat(names(added.unserved())).containsExactly("tiny");
    assertThat(added.left()).isEmpty();
  }

  @Test
  void whatOnlyARestartBringsInIsNamedWithBothValues() throws Exception {
    ConfigurationChange change =
        change(
            PmYaml.GOOD,
            PmYaml.GOOD + "broker: {url: \"http://localhost:8999\"}\nsync: {every: 7m}\n");
    assertThat(change.changed()).isEmpty();
    assertThat(change.afterRestart())
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith("broker.tradingUrl is http://localhost:8999, but Alpaca's own ")
                    .endsWith("in what runs; restart the worker to have it"))
        .anySatisfy(it -> assertThat(it).startsWith("sync.every is 7m, but 5m in what runs"));
  }

  @Test
  void anotherAddressOfAnEndpointIsNamedAlthoughItIsSecret() throws Exception {
    String told =
        PmYaml.GOOD
            + """
            alerts:
              endpoints:
                - {name: desk, urlEnv: HOOK}
            """;
    Configuration started =
        file.read(told, Map.of("KEY", "a", "SECRET", "b", "HOOK", "https://one.example/a"));
    Configuration read =
        file.read(told, Map.of("KEY", "a", "SECRET", "b", "HOOK", "https://one.example/b"));
    assertThat(ConfigurationChange.of(started, started.served(), read).afterRestart())
        .singleElement()
        .asString()
        .startsWith("alerts.endpoints")
        .doesNotContain("example/");
  }
}
