package org.positionmanager.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.worker.config.PlanFile;
import picocli.CommandLine;

/** {@code pm plan}: what it prints and how it ends. */
class PlanCommandsTest {
  private static final String TWO_PLANS =
      """
      plans:
        a: {instrument: option, rules: {stop: -60%, trailing-stop: 75%}}
        b: {instrument: stock, rules: {stop: {stored-else: -2%}}}
      choose:
        - {account: tiny, symbol: NOW, plan: a, shadow: a2}
        - {plan: a}
        - {plan: b}
      """;

  @TempDir private Path folder;

  /** How a command ended. */
  private record Run(int exitCode, String out, String err) {}

  private Run pm(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      CommandLine line = Pm.commandLine().setErr(new PrintWriter(err, true));
      int exitCode = line.execute(arguments);
      return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    } finally {
      System.setOut(before);
    }
  }

  private Path plans(String yaml) throws Exception {
    return Files.writeString(folder.resolve("plans.yaml"), yaml);
  }

  private String noConfiguration() {
    return "--config=" + folder.resolve("none.yaml");
  }

  private String configuration() throws Exception {
    return "--config="
        + Files.writeString(
            folder.resolve("pm.yaml"),
            """
            accounts:
              - name: tiny
                aliases: [tiny-1k]
                brokerAccountNumber: PA1
                credentials: {keyEnv: NOT_SET, secretEnv: NOT_SET}
            """);
  }

  @Test
  void theShippedPlansArePrintedAsTheFileThatTheyAre() throws Exception {
    Run run = pm("plan", "defaults");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(PlanFile.shippedText());
    assertThat(pm("plan", "check", plans(run.out()).toString(), noConfiguration()).out())
        .contains("plans.yaml is fine: 7 plans, 6 choices");
  }

  @Test
  void everyFaultOfAFileIsARowWithLineFieldProblemAndFix() throws Exception {
    Path file = plans(TWO_PLANS.replace("75%", "75"));
    Run run = pm("plan", "check", file.toString(), noConfiguration());
    assertThat(run.exitCode()).isEqualTo(2);
    List<String> lines = run.out().lines().toList();
    assertThat(lines.getFirst()).contains("line", "field", "problem", "fix");
    assertThat(run.out().replaceAll("[\\s|]+", " "))
        .contains("2 plans.a.rules.trailing-stop.keep is the number 75 add the sign: 75%")
        .contains("5 choose[0].shadow is the text a2, which is no plan of this file");
  }

  @Test
  void faultsForMachinesHaveTheSameParts() throws Exception {
    Path file = plans(TWO_PLANS);
    Run run = pm("plan", "check", file.toString(), "--json", noConfiguration());
    assertThat(run.exitCode()).isEqualTo(2);
    JsonNode problem = new ObjectMapper().readTree(run.out()).path("problems").get(0);
    assertThat(problem.path("line").asInt()).isEqualTo(5);
    assertThat(problem.path("field").asText()).isEqualTo("choose[0].shadow");
    assertThat(problem.path("fix").asText()).isEqualTo("did you mean a?");
  }

  @Test
  void aFileThatIsNotThereIsBadInput() {
    Run run = pm("plan", "check", folder.resolve("gone.yaml").toString(), noConfiguration());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().strip())
        .isEqualTo("pm plan check: FILE: no such file: " + folder.resolve("gone.yaml"));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void accountsAreThoseOfTheConfigurationWhereThereIsOne() throws Exception {
    Path file = plans(TWO_PLANS.replace(", shadow: a2", "").replace("tiny", "tinny"));
    assertThat(pm("plan", "check", file.toString(), noConfiguration()).exitCode()).isZero();
    Run run = pm("plan", "check", file.toString(), configuration());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("did you mean tiny?");
    assertThat(pm("plan", "show", "tinny", "stock", configuration()).err())
        .startsWith("pm plan show: ACCOUNT: tinny is no account of")
        .contains("use one of tiny, tiny-1k");
    assertThat(pm("plan", "show", "tiny-1k", "stock", configuration()).out())
        .contains("stocks of tiny, strategy stock");
  }

  @Test
  void withoutAConfigurationItIsToldThatAccountNamesAreTakenAsTheyAre() throws Exception {
    assertThat(pm("plan", "show", "tniy", "swing_trade", noConfiguration()).err())
        .contains("tniy is taken as it is", "none.yaml to check account names by");
    assertThat(pm("plan", "show", "tiny", "swing_trade", configuration()).err()).isEmpty();
  }

  @Test
  void oneDayIsNoDays() throws Exception {
    Path file =
        plans(
            """
            plans:
              a:
                instrument: option
                rules:
                  theta-decay: [{dte-at-most: 1, gain-below: 10%}]
                  roll-proposal: {dte-at-most: 21, gain-above: -10%, later-by-days: 1}
                  expiry-cut-off: {days-before: 1, at: 15:00}
              b: {instrument: stock, rules: {stop: -2 atr(1)}}
            choose: [{plan: a}, {plan: b}]
            """);
    assertThat(
            pm("plan", "show", "tiny", "stock", "--plans", file.toString(), noConfiguration())
                .out())
        .contains(
            "below 10% with 1 day to expiry or fewer",
            "proposes 1 day later", "1 day before the expiry day", "average true ranges of 1 day")
        .doesNotContain(" 1 days");
  }

  @Test
  void aPlanIsShownWithWhoChoseItAndItsRulesInOrder() {
    Run run = pm("plan", "show", "tiny", "swing_trade", noConfiguration());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("options of tiny, strategy swing_trade: plan options-swing-small")
        .containsPattern("chosen by +line \\d+ of the shipped plans")
        .contains("asks for 3 days to expiry, a gain of 15%, at most 5% of equity")
        .contains("at -60% or worse")
        .contains("stocks of tiny, strategy swing_trade: plan stocks")
        .contains("at the row's stop, else at -2% or worse");
    assertThat(run.out())
        .containsSubsequence(
            "catastrophic stop",
            "expiry",
            "overnight check",
            "max hold",
            "stop",
            "trailing stop",
            "theta decay",
            "target");
  }

  @Test
  void choicesForSymbolsStandBeforeTheOneForAllOthers() throws Exception {
    Path file = plans(TWO_PLANS.replace(", shadow: a2", ""));
    Run run =
        pm(
            "plan",
            "show",
            "tiny",
            "day_trade",
            "--instrument",
            "option",
            "--plans",
            file.toString(),
            "--json",
            noConfiguration());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode shown = new ObjectMapper().readTree(run.out());
    assertThat(shown).hasSize(2);
    assertThat(shown.get(0).path("symbols").get(0).asText()).isEqualTo("NOW");
    assertThat(shown.get(0).path("chosenBy").asText()).isEqualTo("line 5 of " + file);
    assertThat(shown.get(1).path("symbols")).isEmpty();
    assertThat(shown.get(1).path("rules").get(0).path("rule").asText()).isEqualTo("stop");
    assertThat(shown.get(1).path("rules").get(0).path("waitsForMinimumHold").asBoolean()).isTrue();
  }

  @Test
  void anUnknownStrategyIsBadInput() {
    Run run = pm("plan", "show", "tiny", "daytrade", noConfiguration());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("STRATEGY");
  }
}
