package org.positionmanager.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/sync.md} says what the code does. */
class SyncDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z]\\w+) \\|.*\\| ([A-Z_]+)\\b.*\\|$");

  @Test
  void everyFindingIsListedWithItsRemedy() throws Exception {
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(document())) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(Remedy.valueOf(row.group(2))).isEqualTo(remedyOf(row.group(1)));
        listed.add(row.group(1));
      }
    }
    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(Finding.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void everyGapIsListed() throws Exception {
    String text = Files.readString(document());
    assertThat(text)
        .contains(Arrays.stream(Coverage.Reason.values()).map(Enum::name).toList())
        .contains("older than " + "45 seconds");
  }

  private static Remedy remedyOf(String finding) {
    return Examples.all().stream()
        .filter(it -> it.getClass().getSimpleName().equals(finding))
        .findFirst()
        .orElseThrow()
        .remedy();
  }

  private static Path document() {
    return Path.of("..", "docs", "sync.md");
  }
}
