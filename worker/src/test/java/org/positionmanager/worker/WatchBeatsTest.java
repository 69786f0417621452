package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.activity.WatchActivities;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.watch.AccountWatchWorkflow;
import org.positionmanager.workflows.watch.AccountWatchWorkflowImpl;

/** What a hundred watches of one process cost the engine. */
class WatchBeatsTest {
  @ParameterizedTest(name = "{0} accounts: {1} ms")
  @DisplayName("up to 25 accounts beat fast, more of them so much slower that beats stay as many")
  @CsvSource({"0, 2500", "1, 2500", "25, 2500", "26, 2600", "100, 10000"})
  void moreAccountsBeatSlower(int accounts, long timeoutMillis) {
    assertThat(WatchBeats.timeout(accounts)).isEqualTo(Duration.ofMillis(timeoutMillis));
  }

  @Test
  void aWatchIsHandedOutByTheTimeOfTheProcessThatHandsItOut() throws Exception {
    CompletableFuture<Duration> seen = new CompletableFuture<>();
    CountDownLatch over = new CountDownLatch(1);
    WatchActivities activities =
        (account, term) -> {
          seen.complete(Activity.getExecutionContext().getInfo().getHeartbeatTimeout());
          Latches.await(over);
        };
    AccountName large = new AccountName("large");
    try (TestWorkflowEnvironment engine = TestWorkflowEnvironment.newInstance()) {
      Worker worker = engine.newWorker(large.taskQueue());
      worker.registerWorkflowImplementationTypes(
          WatchBeats.options(Duration.ofSeconds(10)), AccountWatchWorkflowImpl.class);
      worker.registerActivitiesImplementations(activities);
      engine.start();
      AccountWatchWorkflow watch =
          engine
              .getWorkflowClient()
              .newWorkflowStub(
                  AccountWatchWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId(AccountWatchWorkflow.id(large))
                      .setTaskQueue(large.taskQueue())
                      .build());
      WorkflowClient.start(watch::keep, large);
      assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(10));
      over.countDown();
    }
  }
}
