package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Writes new histories for {@link HistoriesTest}. Not part of the build, run by its name:
 *
 * <pre>mvn -pl workflows test -Dtest=HistoryRecording -Dlives=closed-by-rule</pre>
 *
 * <p>Without {@code lives} it records those that have no history yet. What is there is never
 * overwritten: a life recorded again gets the next number.
 */
class HistoryRecording {
  private static final Path HISTORIES = Path.of("src", "test", "resources", "histories");

  @Test
  void recordsWhatIsAskedFor() throws IOException {
    List<String> asked =
        Arrays.stream(System.getProperty("lives", "").split(","))
            .filter(it -> !it.isBlank())
            .toList();
    assertThat(Arrays.stream(Life.values()).map(Life::fileName)).containsAll(asked);
    for (Life life : Life.values()) {
      if (asked.isEmpty() ? takes(life) == 0 : asked.contains(life.fileName())) {
        record(life, takes(life) + 1);
      }
    }
  }

  private static void record(Life life, int take) throws IOException {
    try (Stage stage = new Stage()) {
      life.play(stage);
      Path directory = Files.createDirectories(directory(life, take));
      int run = 0;
      for (WorkflowExecutionHistory history : stage.histories()) {
        run++;
        Files.writeString(
            directory.resolve("run-" + run + ".json"),
            history.toJson(true),
            StandardOpenOption.CREATE_NEW);
      }
    }
  }

  private static int takes(Life life) {
    int take = 0;
    while (Files.exists(directory(life, take + 1))) {
      take++;
    }
    return take;
  }

  private static Path directory(Life life, int take) {
    return HISTORIES.resolve(life.fileName() + "-" + take);
  }
}
