package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.alert.AlertBounds;
import org.positionmanager.workflows.alert.AlertKind;

/** {@code docs/alerts.md} says what the code does. */
class AlertsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "alerts.md");

  @TempDir private Path folder;

  @Test
  void theTableOfKindsIsTheOneOfTheCode() throws Exception {
    String table =
        Arrays.stream(AlertKind.values())
            .map(
                kind ->
                    "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                            kind.prefix(),
                            kind.severity().name().toLowerCase(Locale.ROOT),
                            kind.raisedWhen(),
                            kind.endsWhen(),
                            kind.bound()))
            .collect(
                Collectors.joining(
                    "",
                    "<!-- kinds -->\n| kind | severity | raised when | ends when | default bound"
                        + " |\n|---|---|---|---|---|\n",
                    "\n"));
    assertThat(Files.readString(DOCUMENT)).contains(table);
  }

  @Test
  void theDefaultBoundsAreThoseOfTheCode() {
    AlertBounds usual = AlertBounds.DEFAULT;
    assertThat(AlertKind.RAPID_CREATION.bound())
        .isEqualTo(usual.rapidPositions() + " within " + text(usual.rapidWithin()));
    assertThat(AlertKind.LOSING_STREAK.bound()).isEqualTo("" + usual.lossesInARow());
    assertThat(AlertKind.STUCK_EXIT.bound()).isEqualTo(text(usual.stuckExitAfter()));
    assertThat(AlertKind.STALE_DATA.bound()).isEqualTo(text(usual.staleAfter()));
    assertThat(AlertKind.SILENT_WATCH.bound()).isEqualTo(text(usual.silentWatchAfter()));
    assertThat(AlertKind.NO_LIVE_WORKER.bound()).isEqualTo(text(usual.noWorkerAfter()));
    assertThat(AlertKind.LATE_SYNC.bound()).isEqualTo(usual.lateSyncAfter() + " intervals");
  }

  private static String text(Duration time) {
    return AlertsReader.text(time);
  }

  @Test
  void theExampleIsReadAsAWorkerReadsIt() throws Exception {
    Matcher example =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).isTrue();
    Map<String, String> environment =
        new HashMap<>(Map.of("LARGE_KEY", "k", "LARGE_SECRET", "s", "OPS_SECRET", "o"));
    environment.put("SLACK_URL", "https://hooks.slack.com/services/T/B/x");
    Configuration read = new PmYaml(folder).read(example.group(1), environment);
    assertThat(read.alerts().endpoints()).hasSize(2);
    assertThat(read.alerts().unusable()).isEmpty();
    assertThat(read.served().getFirst().limits().positions()).contains(5);
  }
}
