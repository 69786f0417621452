package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The upgrade guard: histories that earlier versions of the workflow wrote are replayed by the
 * current code. A position that is open during an upgrade goes on from such a history.
 */
@Timeout(120)
class HistoriesTest {
  @TestFactory
  Stream<DynamicTest> everyRecordedHistoryIsStillUnderstood() throws Exception {
    return recorded().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    name(file), () -> replay(name(file), Files.readString(file))));
  }

  @Test
  void everyLifeHasAHistory() throws Exception {
    List<String> names = recorded().stream().map(HistoriesTest::name).toList();
    assertThat(Arrays.stream(Life.values()).map(Life::fileName))
        .as("record the missing ones, see workflows/README.md")
        .allMatch(life -> names.contains(life + "-1/run-1.json"));
  }

  @Test
  void aHistoryThatTheCodeWouldNotMakeIsRefusedByName() throws Exception {
    Path file = recorded().getFirst();
    String another = Files.readString(file).replace("\"CheckPosition\"", "\"CheckSomethingElse\"");
    assertThatThrownBy(() -> replay(name(file), another))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(name(file))
        .hasMessageContaining("Workflow.getVersion");
  }

  private static void replay(String name, String json) {
    try (TestWorkflowEnvironment environment = Stage.newEnvironment()) {
      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(json, Stage.ID.workflowId()),
          Stage.worker(environment));
    } catch (Exception incompatible) {
      throw new AssertionError(
          "the current code does not do what the history "
              + name
              + " says: positions that are open during the upgrade would get stuck. Put the change"
              + " behind Workflow.getVersion, see workflows/README.md",
          incompatible);
    }
  }

  private static List<Path> recorded() throws IOException, URISyntaxException {
    Path root =
        Path.of(Objects.requireNonNull(HistoriesTest.class.getResource("/histories")).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getParent().getFileName() + "/" + file.getFileName();
  }
}
