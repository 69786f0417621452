package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the Javadoc of every rule has to tell. */
class RuleDocumentationTest {
  private static final Path SOURCES =
      Path.of("src/main/java", ExitRule.class.getPackageName().replace('.', '/'));

  /** In words or signs: what happens at the level, the limit or the moment itself. */
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "&[lg]t;=|touch|or beyond|at the level it holds|at its limit|at it, nothing|so long before"
              + "|from \\{@code|from a time of day|it fires once it has fired");

  private static final Pattern UNIT =
      Pattern.compile(
          "US dollars|in percent of|exchange time|calendar days|time of day in New York"
              + "|zero or more|above zero|different quotes");

  @TestFactory
  Stream<DynamicTest> everyRuleTellsSentenceBoundaryUnitsSourceAndExample() {
    return Arrays.stream(ExitRule.class.getPermittedSubclasses())
        .map(rule -> DynamicTest.dynamicTest(rule.getSimpleName(), () -> assertTells(rule)));
  }

  private static void assertTells(Class<?> rule) throws IOException {
    List<String> paragraphs = paragraphs(rule);
    assertThat(paragraphs.getFirst()).as("sentence of %s", rule).matches("[A-Z][^.]+[.:;].*");
    assertThat(paragraphs).as("boundary of %s", rule).anyMatch(BOUNDARY.asPredicate());
    assertThat(String.join(" ", paragraphs)).as("units of %s", rule).containsPattern(UNIT);
    assertThat(paragraphs).as("source of %s", rule).anyMatch(it -> it.matches("<p>Source: .+\\."));
    assertThat(paragraphs)
        .as("example of %s", rule)
        .anyMatch(it -> it.matches("<p>Example: .+\\d.+\\."));
    for (RecordComponent parameter : rule.getRecordComponents()) {
      assertThat(paragraphs)
          .as("parameters of %s", rule)
          .anyMatch(it -> it.matches("@param " + parameter.getName() + " .+"));
    }
  }

  @Test
  void aParagraphIsFoundForWhatItIs() throws IOException {
    assertThat(paragraphs(MaxHold.class))
        .contains("@param longest above zero")
        .anyMatch(it -> it.startsWith("<p>Example: filled at 10:00 with 240 minutes"));
  }

  /** Of the comment above the record; each tag begins one. */
  private static List<String> paragraphs(Class<?> rule) throws IOException {
    String source = Files.readString(SOURCES.resolve(rule.getSimpleName() + ".java"));
    Matcher comment =
        Pattern.compile(
                "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public record " + rule.getSimpleName() + "\\(",
                Pattern.DOTALL)
            .matcher(source);
    assertThat(comment.find()).as("%s has a comment", rule).isTrue();
    String text = comment.group(1).replaceAll("(?m)^\\s*\\* ?", "");
    return Arrays.stream(text.split("\\n\\s*\\n|\\n(?=@)"))
        .map(it -> it.replaceAll("\\s+", " ").strip())
        .filter(it -> !it.isEmpty())
        .toList();
  }
}
