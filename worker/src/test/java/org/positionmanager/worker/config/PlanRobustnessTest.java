package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written in place of a value, the file is read or refused with lines and fixes. */
class PlanRobustnessTest {
  private static final Pattern VALUE = Pattern.compile("(?<=: )[^\\s\\[{,}][^,}\\n]*");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "[]",
        "{}",
        "[1, 2]",
        "{price: 1}",
        "{underlying: 1}",
        "0",
        "-1",
        "1E999999999",
        "1E-999999999",
        "0x10",
        ".nan",
        "0%",
        "999999%",
        "99999999s",
        "999d99999h",
        "true",
        "*there",
        "\"\"",
        "\"a\\u0007b\"",
        "15:00",
        "stored",
        "-2 atr(999)"
      })
  void anOddValueIsReadOrRefused(String odd) throws Exception {
    String text = PlanFile.shippedText();
    Set<String> tried = new HashSet<>();
    List<MatchResult> values =
        VALUE.matcher(text).results().filter(it -> tried.add(lineUpTo(text, it.end()))).toList();
    assertThat(values).hasSizeGreaterThan(50);
    for (MatchResult value : values) {
      readOrRefused(text.substring(0, value.start()) + odd + text.substring(value.end()));
    }
  }

  /** Plans repeat each other: the same beginning of a line is tried once. */
  private static String lineUpTo(String text, int end) {
    return text.substring(text.lastIndexOf('\n', end - 1) + 1, end);
  }

  @Test
  void aFileThatBreaksOffIsReadOrRefused() throws Exception {
    String text = PlanFile.shippedText();
    for (int end = 0; end < text.length(); end += 7) {
      readOrRefused(text.substring(0, end));
    }
  }

  private void readOrRefused(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("plans.yaml"), text);
    try {
      PlanFile.read(file);
    } catch (ConfigurationException refused) {
      assertThat(refused.all())
          .isNotEmpty()
          .allSatisfy(
              fault -> {
                assertThat(fault.toString()).doesNotContain("\n", "null", "\u0007");
                assertThat(fault.fix()).isNotBlank();
              });
    } catch (RuntimeException e) {
      fail("neither read nor refused:\n" + text, e);
    }
  }
}
