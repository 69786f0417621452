package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.starter.PmRun;
import org.positionmanager.workflows.json.Payloads;

/** {@code pm replay PATH} as a person uses it. */
class ReplayCommandTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String NOW_PUT = ROOT.resolve("docs/replay/now-put.csv").toString();
  private static final Pattern EXAMPLE =
      Pattern.compile("```console\\n\\$ pm ([^\\n]+)\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  @DisplayName("the documentation's examples say what the command says")
  void theDocumentationIsTrue() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/replay.md"));
    List<MatchResult> examples = EXAMPLE.matcher(page).results().toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (MatchResult example : examples) {
      PmRun run = PmRun.of(arguments(example.group(1)));
      assertThat(run.err()).as(example.group(1)).isEmpty();
      assertThat(run.out().strip().replace("\r", ""))
          .as(example.group(1))
          .isEqualTo(example.group(2).strip());
    }
  }

  /** Paths are written as from the root of the sources; pictures go elsewhere. */
  private String[] arguments(String line) {
    List<String> arguments = new ArrayList<>();
    for (String word : line.split(" ")) {
      arguments.add(
          word.startsWith("docs/")
              ? ROOT.resolve(word).toString()
              : word.endsWith(".png") ? folder.resolve(word).toString() : word);
    }
    return arguments.toArray(String[]::new);
  }

  @Test
  void theAnswerForMachinesHasAllOfIt() throws IOException {
    PmRun run =
        PmRun.of("replay", NOW_PUT, "--instrument", "NOW260220P00110000", "--qty", "10", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode answer = Payloads.mapper().readTree(run.out());
    assertThat(answer.path("opening").path("entry").asText()).isEqualTo("4.8");
    JsonNode plan = answer.path("plans").get(0);
    assertThat(plan.path("profit").asText()).isEqualTo("30 USD");
    assertThat(plan.path("unrealised").asText()).isEqualTo("0 USD");
    JsonNode result = plan.path("result");
    for (String field :
        List.of("exits", "realised", "best", "worst", "changes", "levels", "held")) {
      assertThat(result.has(field)).as(field).isTrue();
    }
  }

  @Test
  @DisplayName("a mid fill, a short and a later entry change what comes out")
  void optionsCount() {
    assertThat(profit()).isEqualTo("30 USD");
    assertThat(profit("--fill", "mid")).isEqualTo("60 USD");
    assertThat(profit("--short")).isNotEqualTo("30 USD");
    assertThat(profit("--entered-at", "2026-02-11T14:00:00-05:00")).isNotEqualTo("30 USD");
    assertThat(profit("--strategy", "day_trade", "--entry", "4.70")).isNotEqualTo("30 USD");
  }

  private static String profit(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "replay", NOW_PUT, "--instrument", "NOW260220P00110000", "--qty", "10", "--json"));
    arguments.addAll(List.of(more));
    PmRun run = PmRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    Matcher profit = Pattern.compile("\"realised\":\"([^\"]+)\"").matcher(run.out());
    assertThat(profit.find()).isTrue();
    return profit.group(1);
  }

  @Test
  void aPictureIsDrawn() {
    Path picture = folder.resolve("day.png");
    PmRun run =
        PmRun.of(
            "replay", NOW_PUT, "--instrument", "NOW260220P00110000", "--png", picture.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(picture).isNotEmptyFile();
    assertThat(run.out()).contains("entry 4.8");
  }

  @Test
  void badRowsThatWereLeftOutAreTold() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("some.csv"), "t,bp,ap\nnow,1,2\n2026-02-11T14:30:00Z,100,100.02\n");
    PmRun run = PmRun.of("replay", file.toString(), "--instrument", "DE", "--skip-bad");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("1 bad row of some.csv left out");
    assertThat(run.out()).contains("still open");
  }

  @ParameterizedTest(name = "{1}: {2}")
  @DisplayName("what cannot be is told in one line with its exit code")
  @CsvSource(
      delimiter = '|',
      value = {
        "--qty 10                               | 2 | --instrument: say what",
        "--instrument d@e                       | 2 | --instrument: ticker must look like",
        "--instrument DE --qty 0                | 2 | --qty: must be above zero",
        "--instrument NOW260220P00110000 --qty 1.5 | 2 | --qty: contracts are whole; give 1 or more, got: 1.5",
        "--instrument DE --underlying none.csv  | 2 | --underlying: DE is a stock, which has none",
        "--instrument NOW260220P00110000 --underlying none.csv | 2 | --underlying: no such file can be read: none.csv",
        "--instrument DE --trades none.csv      | 2 | --trades: no such file can be read",
        "--instrument DE --equity 0             | 2 | --equity: must be above zero",
        "--instrument DE --equity much          | 2 | --equity: price must be a decimal",
        "--instrument DE --atr 0                | 2 | --atr: must be above zero",
        "--instrument DE --atr 1 --daily x      | 2 | --atr: --daily says it too",
        "--instrument DE --qty x                | 2 | --qty: quantity must be a decimal",
        "--instrument DE --entry 0              | 2 | --entry: must be above zero",
        "--instrument DE --entry -1             | 2 | --entry: price must not be negative",
        "--instrument DE --entered-at yesterday | 2 | --entered-at: write it with an offset",
        "--instrument DE --plan nope            | 2 | --plan: there is no plan 'nope'; use one of [default, options, options-day",
        "--instrument DE --plan options         | 2 | --plan: plan 'options' is for options",
        "--instrument DE --plans none.yaml      | 2 | none.yaml",
        "--instrument DE --width 10             | 2 | --width: must be 40 or more",
        "--instrument DE --fill far             | 2 | --fill",
        "--instrument DE --position x           | 2 | mutually exclusive",
        "--instrument DE --entered-at 2027-01-04T10:00:00-05:00 | 1 | no quote by which the position could be opened",
        "--instrument DE --entry 5 --entered-at 2027-01-04T10:00:00-05:00 | 1 | no quote from the entry at"
      })
  void whatCannotBeIsTold(String options, int exitCode, String says) {
    List<String> arguments = new ArrayList<>(List.of("replay", NOW_PUT));
    arguments.addAll(List.of(options.strip().split(" +")));
    PmRun run = PmRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
    assertThat(run.err()).contains(says);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  @DisplayName("examples of the help can be copied: 80 columns break none of them")
  void examplesCanBeCopied() {
    for (String command : List.of("replay", "plan check", "plan show", "plan")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.add("--help");
      String help = PmRun.of(words.toArray(String[]::new)).out();
      List<String> examples =
          help.lines().dropWhile(line -> !line.startsWith("Example")).skip(1).toList();
      assertThat(examples.stream().takeWhile(line -> !line.isBlank()))
          .as(command)
          .isNotEmpty()
          .allMatch(line -> line.startsWith("  pm ") || line.startsWith("    --"));
      assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    }
  }

  @Test
  void helpHasExamples() {
    assertThat(PmRun.of("replay", "--help").out()).contains("Examples:", "Exit codes:");
    assertThat(PmRun.of("--help").out()).contains("replay");
  }
}
