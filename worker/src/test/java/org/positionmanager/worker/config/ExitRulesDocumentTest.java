package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.RuleKind;

/** {@code docs/exit-rules.md} says what the code does: its table, its examples, its keys. */
class ExitRulesDocumentTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PICTURE = Pattern.compile("\\(images/([^)]+)\\)");

  @TempDir private Path folder;

  private static String document() throws IOException {
    return Files.readString(DOCS.resolve("exit-rules.md"));
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> examples(String text) {
    return YAML.matcher(text).results().map(it -> it.group(1)).toList();
  }

  /** What stands below a rule's heading. */
  private static String section(RuleKind kind) throws IOException {
    String text = document();
    String heading = "\n### " + kind.label() + "\n";
    int begin = text.indexOf(heading);
    assertThat(begin).as("heading of " + kind.label()).isPositive();
    String rest = text.substring(begin + heading.length());
    int end = rest.indexOf("\n##");
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static PlanKeys.RuleKey key(RuleKind kind) {
    return PlanKeys.RuleKey.valueOf(kind.name());
  }

  @Test
  void theTableOfPrecedenceIsTheOneOfTheCode() throws Exception {
    assertThat(document()).contains("<!-- precedence -->\n" + table() + "\n\n");
  }

  private static String table() {
    Stream<String> head =
        Stream.of(
            "| | rule | key | reason | judged by | minimum hold |", "|---|---|---|---|---|---|");
    Stream<String> rows =
        Arrays.stream(RuleKind.values())
            .map(
                kind ->
                    "| %d | %s | `%s` | %s | %s | %s |"
                        .formatted(
                            kind.ordinal() + 1,
                            kind.label(),
                            key(kind).key(),
                            kind == RuleKind.ROLL_PROPOSAL ? "proposes only" : kind.reason(),
                            judgedBy(kind),
                            kind.waitsForMinimumHold() ? "waits" : "acts"));
    return Stream.concat(head, rows).collect(Collectors.joining("\n"));
  }

  private static String judgedBy(RuleKind kind) {
    if (kind.comparesUnderlying()) {
      return "the underlying";
    }
    if (kind.isProtective()) {
      return "price, then fallbacks";
    }
    return switch (kind) {
      case OVERNIGHT_CHECK -> "time, price, equity";
      case ROLL_PROPOSAL -> "time, price";
      default -> kind.comparesPrices() ? "price" : "time";
    };
  }

  @Test
  void rulesAreExplainedInTheirOrderOfPrecedence() throws Exception {
    String text = document();
    String rules = text.substring(text.indexOf("\n## Rules\n"), text.indexOf("\n## Confirmation"));
    assertThat(rules.lines().filter(it -> it.startsWith("### ")).map(it -> it.substring(4)))
        .containsExactlyElementsOf(Arrays.stream(RuleKind.values()).map(RuleKind::label).toList());
  }

  @ParameterizedTest
  @EnumSource(RuleKind.class)
  void everyRuleHasExamplesThatAreReadAsThatRuleAndNamesAllItsKeys(RuleKind kind) throws Exception {
    String section = section(kind);
    assertThat(examples(section)).isNotEmpty();
    for (String example : examples(section)) {
      InstrumentKind of =
          example.startsWith("# stock\n") ? InstrumentKind.STOCK : InstrumentKind.OPTION;
      RuleTemplate rule = new PlansYaml(folder).rule(of, example);
      assertThat(rule.kind()).as(example).isEqualTo(kind);
    }
    String prose = YAML.matcher(section).replaceAll("").replace("\n", " ");
    assertThat(key(kind).names()).allSatisfy(it -> assertThat(prose).contains("`" + it + "`"));
    assertThat(prose).contains("Default", "Source:");
  }

  @Test
  void theExampleOfAWholeFileIsOne() throws Exception {
    List<String> files = new ArrayList<>();
    for (String example : examples(document())) {
      if (example.startsWith("plans:")) {
        files.add(example);
        assertThat(new PlansYaml(folder).read(example).templates()).hasSize(3);
      }
    }
    assertThat(files).hasSize(1);
  }

  @Test
  void everyPictureIsThereAndEveryOneIsShown() throws Exception {
    List<String> shown =
        matches(PICTURE, document()).stream()
            .map(it -> it.substring("(images/".length(), it.length() - 1))
            .toList();
    try (Stream<Path> files = Files.list(DOCS.resolve("images"))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
    for (RuleKind kind :
        List.of(
            RuleKind.BREAK_EVEN,
            RuleKind.TRAILING_STOP,
            RuleKind.TRAILING_PERCENT,
            RuleKind.TRAILING_AMOUNT,
            RuleKind.TRAILING_LADDER)) {
      assertThat(section(kind)).contains("](images/" + key(kind).key() + ".svg)");
    }
  }
}
