package org.positionmanager.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityOptions;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Polls of one account's task queue end when they are told to, at the real server. */
@Timeout(120)
class ActivityPollsTest {
  private static final String ENDS = "account-large";
  private static final String GOES_ON = "account-tiny";
  private static final String ACTIVITY = "Watch";

  /** A poll that is not ended lasts a minute. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private final ActivityPolls polls = new ActivityPolls();
  private Engine engine;
  private WorkflowServiceStubs stubs;
  private WorkflowClient client;

  /** Has an activity done by whoever polls the account's task queue. */
  @WorkflowInterface
  public interface HandsOut {
    /** Until it is done. */
    @WorkflowMethod
    void handOut();
  }

  /** Its implementation. */
  public static final class HandsOutOnce implements HandsOut {
    @Override
    public void handOut() {
      Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder()
                  .setTaskQueue(ENDS)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build())
          .execute(ACTIVITY, Void.class);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path binary = new EngineFinder(System.getenv(), line -> {}).binary();
    engine = DevServer.start(binary, folder.resolve("temporal.db"), DevServer.Ports.free());
    stubs = engine.connect(Duration.ofSeconds(60), polls);
    client = engine.client(stubs, "test");
  }

  @AfterEach
  void stop() throws Exception {
    stubs.shutdownNow();
    engine.close();
  }

  private CompletableFuture<PollActivityTaskQueueResponse> poll(String taskQueue) {
    return CompletableFuture.supplyAsync(
        () ->
            stubs
                .blockingStub()
                .pollActivityTaskQueue(
                    PollActivityTaskQueueRequest.newBuilder()
                        .setNamespace(engine.namespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                        .build()),
        task -> Thread.ofVirtual().start(task));
  }

  private void awaitOpen(String taskQueue, int number) {
    await()
        .alias(number + " polls open at " + taskQueue)
        .untilAsserted(() -> assertThat(polls.open(taskQueue)).isEqualTo(number));
  }

  @Test
  @DisplayName("ended polls are answered that there is no work; those of other accounts go on")
  void endedPollsAreAnsweredThatThereIsNoWork() throws Exception {
    var ending = Stream.of(poll(ENDS), poll(ENDS)).toList();
    var other = poll(GOES_ON);
    awaitOpen(ENDS, 2);
    awaitOpen(GOES_ON, 1);
    polls.end(ENDS);
    for (var one : ending) {
      assertThat(one.get(SOON.toSeconds(), TimeUnit.SECONDS).getTaskToken().isEmpty()).isTrue();
    }
    assertThat(polls.open(ENDS)).isZero();
    assertThat(polls.open(GOES_ON)).isOne();
    assertThat(other).isNotDone();
  }

  @Test
  @DisplayName("what is handed out after polls have ended goes to who polls next, not to them")
  void whatIsHandedOutLaterGoesToWhoPollsNext() throws Exception {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    factory.newWorker("workflows").registerWorkflowImplementationTypes(HandsOutOnce.class);
    factory.start();
    try {
      var ending = List.of(poll(ENDS), poll(ENDS));
      awaitOpen(ENDS, 2);
      polls.end(ENDS);
      WorkflowClient.start(
          client.newWorkflowStub(
                  HandsOut.class, WorkflowOptions.newBuilder().setTaskQueue("workflows").build())
              ::handOut);
      assertThat(poll(ENDS).get(SOON.toSeconds(), TimeUnit.SECONDS).getActivityType().getName())
          .isEqualTo(ACTIVITY);
      for (var one : ending) {
        assertThat(one.get(SOON.toSeconds(), TimeUnit.SECONDS).getTaskToken().isEmpty()).isTrue();
      }
    } finally {
      factory.shutdownNow();
    }
  }
}
