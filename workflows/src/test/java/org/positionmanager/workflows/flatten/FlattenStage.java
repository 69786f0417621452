package org.positionmanager.workflows.flatten;

import static org.positionmanager.workflows.flatten.FakeAccount.LARGE;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.Strategy;

/** One account's flatten in virtual time over a {@link FakeAccount}. */
final class FlattenStage implements AutoCloseable {
  final TestWorkflowEnvironment environment = newEnvironment();
  final FakeAccount account =
      new FakeAccount(() -> Instant.ofEpochMilli(environment.currentTimeMillis()));
  private String firstRun = "";

  FlattenStage() {
    worker(environment).registerActivitiesImplementations(account);
    environment.start();
  }

  static FlattenRequest request(String id, Optional<Strategy> strategy) {
    return new FlattenRequest(id, "ann", "news", strategy);
  }

  FlattenWorkflow start(FlattenRequest request, Map<String, Object> memo) {
    WorkflowClient client = environment.getWorkflowClient();
    FlattenWorkflow flatten =
        client.newWorkflowStub(
            FlattenWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(LARGE.taskQueue())
                .setWorkflowId(FlattenWorkflow.id(LARGE))
                .setMemo(memo)
                .build());
    firstRun =
        WorkflowClient.start(flatten::flatten, FlattenState.asked(LARGE, request)).getRunId();
    return client.newWorkflowStub(FlattenWorkflow.class, FlattenWorkflow.id(LARGE));
  }

  static FlattenState end(FlattenWorkflow flatten) {
    return WorkflowStub.fromTyped(flatten).getResult(FlattenState.class);
  }

  /** What the engine has of every run so far, oldest first. */
  List<WorkflowExecutionHistory> histories() {
    List<WorkflowExecutionHistory> histories = new ArrayList<>();
    for (String run = firstRun; !run.isEmpty(); ) {
      WorkflowExecutionHistory history =
          environment.getWorkflowClient().fetchHistory(FlattenWorkflow.id(LARGE), run);
      histories.add(history);
      run =
          history
              .getLastEvent()
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
    }
    return histories;
  }

  /** Fails where the current code would not have made this history. */
  static void replay(WorkflowExecutionHistory history) throws Exception {
    try (TestWorkflowEnvironment environment = newEnvironment()) {
      WorkflowReplayer.replayWorkflowExecution(history, worker(environment));
    }
  }

  private static TestWorkflowEnvironment newEnvironment() {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
            .build());
  }

  private static Worker worker(TestWorkflowEnvironment environment) {
    Worker worker =
        environment.newWorker(
            LARGE.taskQueue(),
            WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(10_000).build());
    worker.registerWorkflowImplementationTypes(FlattenWorkflowImpl.class);
    return worker;
  }

  @Override
  public void close() {
    environment.close();
  }
}
