package org.positionmanager.workflows.flatten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The upgrade guard: a flatten that runs during an upgrade goes on from what the earlier code
 * wrote. As for positions, a history is never changed to make this pass; see the module's README.
 */
@Timeout(60)
class FlattenHistoriesTest {
  static final Path HISTORIES = Path.of("src", "test", "resources", "flatten-histories");

  @TestFactory
  Stream<DynamicTest> everyRecordedHistoryIsStillUnderstood() throws Exception {
    return recorded().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    HISTORIES.relativize(file).toString(), () -> replay(Files.readString(file))));
  }

  @Test
  void aHistoryThatTheCodeWouldNotMakeIsRefused() throws Exception {
    String another =
        Files.readString(recorded().getFirst()).replace("\"HaltIntake\"", "\"HaltSomething\"");
    assertThatThrownBy(() -> replay(another)).isNotNull();
  }

  private static void replay(String json) throws Exception {
    FlattenStage.replay(
        WorkflowExecutionHistory.fromJson(json, FlattenWorkflow.id(FakeAccount.LARGE)));
  }

  private static List<Path> recorded() throws Exception {
    try (Stream<Path> files = Files.walk(HISTORIES)) {
      List<Path> found = files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
      assertThat(found).as("recorded histories").isNotEmpty();
      return found;
    }
  }
}
