package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.positionmanager.worker.config.PmYaml.GOOD;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.WorkerCommand;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine;

/** The setting {@code plans}: which file, and that a bad one fails the whole configuration. */
class PlansSettingTest {
  private static final String PLANS =
      """
      plans:
        a: {instrument: option, rules: {stop: -60%}}
        b: {instrument: stock, rules: {stop: -2%}}
      choose:
        - {account: large-100k, instrument: option, plan: a}
        - {plan: a}
        - {plan: b}
      """;

  private Path folder;
  private PmYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    this.folder = folder;
    yaml = new PmYaml(folder);
  }

  private String naming(String plans) throws Exception {
    Path file = Files.writeString(folder.resolve("plans.yaml"), plans);
    return GOOD + "plans: '" + file + "'\n";
  }

  @Test
  void withoutTheSettingTheShippedPlansHold() throws Exception {
    Configuration configuration = yaml.read(GOOD);
    assertThat(configuration.plans().file()).isEmpty();
    assertThat(configuration.plans().book()).isEqualTo(PlanFile.shipped());
    assertThat(configuration.effective())
        .contains(new Setting("plans", "shipped", Setting.Origin.DEFAULT));
  }

  @Test
  void theFileIsReadAndShownAsInEffect() throws Exception {
    Configuration configuration = yaml.read(naming(PLANS));
    Path file = folder.resolve("plans.yaml");
    assertThat(configuration.plans().file()).contains(file);
    assertThat(configuration.plans().book().choices().getFirst().accounts())
        .as("an alias of the configuration means its account")
        .containsExactly(new AccountName("large"));
    assertThat(configuration.effective())
        .contains(new Setting("plans", file.toString(), Setting.Origin.FILE));
  }

  @Test
  void faultsOfBothFilesAreToldTogether() throws Exception {
    String text = naming(PLANS.replace("stop: -60%", "stop: 60%")) + "brokr: {}\n";
    Path file = Files.writeString(folder.resolve("pm.yaml"), text);
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class, () -> ConfigurationFile.read(file, PmYaml.KEYS));
    assertThat(failure.faults())
        .containsExactlyInAnyOrder(
            file + ": brokr is unknown; did you mean broker?",
            folder.resolve("plans.yaml")
                + ":2: plans.a.rules.stop.at lies above the entry; a stop is a loss: write it with"
                + " a minus, such as -60%");
  }

  @Test
  void anAccountThatTheConfigurationDoesNotListIsRefused() throws Exception {
    String text = naming(PLANS.replace("large-100k", "lareg"));
    Path file = Files.writeString(folder.resolve("pm.yaml"), text);
    assertThatThrownBy(() -> ConfigurationFile.read(file, PmYaml.KEYS))
        .hasMessageEndingWith(
            "plans.yaml:5: choose[0].account is the text lareg, which is no account of the"
                + " configuration; did you mean large?");
  }

  @Test
  void aFileThatIsNotThereIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("pm.yaml"), GOOD + "plans: /no/such/plans.yaml\n");
    assertThatThrownBy(() -> ConfigurationFile.read(file, PmYaml.KEYS))
        .hasMessage(
            "/no/such/plans.yaml: does not exist; give the plan file with plans: FILE or --plans"
                + " FILE");
  }

  @Test
  void aSettingThatIsNotAPathIsRefused() throws Exception {
    assertThat(yaml.faults(GOOD + "plans: [a.yaml]\n"))
        .containsExactly("plans is a list; give text");
  }

  @Test
  void accountsAndPlansAreReadWithoutTheirCredentials() throws Exception {
    Path file = Files.writeString(folder.resolve("pm.yaml"), naming(PLANS));
    assertThat(ConfigurationFile.accountNames(file, Map.of()))
        .isEqualTo(
            Map.of("large", new AccountName("large"), "large-100k", new AccountName("large")));
    assertThat(ConfigurationFile.plans(file, Map.of()).file())
        .contains(folder.resolve("plans.yaml"));
  }

  @Test
  void aWorkerDoesNotStartWithABadPlanFile() throws Exception {
    Path file = Files.writeString(folder.resolve("pm.yaml"), naming(PLANS.replace("-60%", "-60")));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    int exitCode;
    try {
      exitCode = new CommandLine(new WorkerCommand()).execute("--config", file.toString());
    } finally {
      System.setErr(before);
    }
    assertThat(exitCode).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("plans.yaml:2: plans.a.rules.stop.at is the number -60; write -60%");
  }
}
