package org.positionmanager.workflows.flatten;

import io.temporal.common.WorkflowExecutionHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.flatten.CloseReply.Status;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.NextRun;
import org.positionmanager.workflows.position.Phase;

/**
 * Writes a new take of the histories for {@link FlattenHistoriesTest}. Not part of the build, run
 * by its name: {@code mvn -pl workflows test -Dtest=FlattenHistoryRecording}.
 */
class FlattenHistoryRecording {
  @Test
  void recordsTheNextTake() throws Exception {
    int take = 1;
    while (Files.exists(FlattenHistoriesTest.HISTORIES.resolve("take-" + take))) {
      take++;
    }
    Path folder = Files.createDirectories(FlattenHistoriesTest.HISTORIES.resolve("take-" + take));
    try (FlattenStage stage = new FlattenStage()) {
      play(stage);
      int run = 0;
      for (WorkflowExecutionHistory history : stage.histories()) {
        run++;
        Files.writeString(
            folder.resolve("run-" + run + ".json"),
            history.toJson(true),
            StandardOpenOption.CREATE_NEW);
      }
    }
  }

  /**
   * All that may happen in one flatten: closed market, entries, pace, trouble, what nobody watches.
   */
  private static void play(FlattenStage stage) {
    FakeAccount account = stage.account;
    account.pace = Duration.ofSeconds(1);
    account.opens =
        Optional.of(
            Instant.ofEpochMilli(stage.environment.currentTimeMillis()).plus(Duration.ofHours(1)));
    account.openings.add(new BrokerOrderId("o-1"));
    account.holds("GE", 5);
    account.has("KO", 10, "60", false, Strategy.SWING_TRADE, Phase.AWAITING_ENTRY);
    account.replies(
        account.has("WMT", 10, "100", true), Status.UNDER_WAY, Status.PART, Status.UNANSWERED);
    account.replies(account.has("DE", 10, "600", true), Status.LOST, Status.LOST);
    for (char letter = 'A'; letter <= 'Z'; letter++) {
      account.has("Z" + letter, 1, "1", true);
    }
    FlattenWorkflow flatten =
        stage.start(
            FlattenStage.request("r-1", Optional.of(Strategy.SWING_TRADE)),
            Map.of(NextRun.AFTER_EVENTS, 150));
    stage.environment.sleep(Duration.ofMinutes(5));
    account.looksFail(1);
    flatten.ask(FlattenStage.request("r-2", Optional.empty()));
    FlattenStage.end(flatten);
  }
}
