package org.positionmanager.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;

/** One run, in virtual time. */
@Timeout(60)
class AccountSyncWorkflowTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final String RECORDED = "/sync-histories/finds-all-1.json";

  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .build());
  private final FakeSides sides = new FakeSides(environment);

  @AfterEach
  void close() {
    environment.close();
  }

  /** Sees what a test tells it to, look by look; the last for ever. */
  private static final class FakeSides implements SyncActivities {
    private final TestWorkflowEnvironment environment;
    private final List<List<Finding>> looks = new ArrayList<>();
    private final List<Instant> looked = new ArrayList<>();
    private final List<Finding> putRight = new ArrayList<>();
    private final List<SyncReport> recorded = new ArrayList<>();
    private boolean unreadable;

    private FakeSides(TestWorkflowEnvironment environment) {
      this.environment = environment;
    }

    @Override
    public Look look(AccountName account) {
      if (unreadable) {
        throw ApplicationFailure.newFailure("positions: 500", "UNAVAILABLE");
      }
      Instant now = Instant.ofEpochMilli(environment.currentTimeMillis());
      looked.add(now);
      return new Look(now, now, looks.size() > 1 ? looks.removeFirst() : looks.getFirst());
    }

    @Override
    public String putRight(AccountName account, Finding finding) {
      putRight.add(finding);
      return finding.remedy().words();
    }

    @Override
    public void recordRun(SyncReport report) {
      recorded.add(report);
    }
  }

  private AccountSyncWorkflow started() {
    Worker worker = environment.newWorker(LARGE.taskQueue());
    register(worker);
    worker.registerActivitiesImplementations(sides);
    environment.start();
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            AccountSyncWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(AccountSyncWorkflow.id(LARGE))
                .setTaskQueue(LARGE.taskQueue())
                .build());
  }

  private static void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(AccountSyncWorkflowImpl.class);
  }

  @Test
  void whereAllAgreeThereIsOneLook() {
    sides.looks.add(List.of());
    SyncReport report = started().sync(LARGE);
    assertThat(report.isGood()).isTrue();
    assertThat(sides.looked).hasSize(1);
    assertThat(sides.recorded).containsExactly(report);
  }

  @Test
  @DisplayName("incident 21: absence is believed after a second look 10 s later, and not before")
  void whatTwoLooksFoundIsPutRight() throws Exception {
    sides.looks.add(Examples.all());
    SyncReport report = started().sync(LARGE);
    assertThat(sides.putRight).containsExactlyElementsOf(Examples.all());
    assertThat(Duration.between(sides.looked.get(0), sides.looked.get(1)))
        .isGreaterThanOrEqualTo(Look.BROKER_LAG);
    assertThat(report.results()).hasSize(Examples.all().size());
    WorkflowExecutionHistory history =
        environment.getWorkflowClient().fetchHistory(AccountSyncWorkflow.id(LARGE));
    replay(history);
    String record = System.getProperty("recordSync");
    if (record != null) {
      Files.writeString(Path.of("src/test/resources" + RECORDED), history.toJson(true));
    }
  }

  @Test
  void whatOnlyOneLookFoundIsLeftAlone() {
    sides.looks.add(Examples.all());
    sides.looks.add(List.of());
    SyncReport report = started().sync(LARGE);
    assertThat(sides.putRight).isEmpty();
    assertThat(report.unsure()).isEqualTo(Examples.all().size());
  }

  @Test
  @DisplayName("incident 21: a read that fails says nothing, fails the run and is written down")
  void aReadThatFailsFailsTheRun() {
    sides.unreadable = true;
    AccountSyncWorkflow sync = started();
    assertThatThrownBy(() -> sync.sync(LARGE))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .hasMessageContaining("positions: 500");
    assertThat(sides.putRight).isEmpty();
    assertThat(sides.recorded.getFirst().failure())
        .hasValueSatisfying(why -> assertThat(why).contains("positions: 500"));
  }

  @Test
  void aRecordedRunIsStillUnderstood() throws Exception {
    replay(WorkflowExecutionHistory.fromJson(recorded(), AccountSyncWorkflow.id(LARGE)));
  }

  @Test
  void aRunThatTheCodeWouldNotMakeIsRefused() throws Exception {
    String another = recorded().replace("\"PutRight\"", "\"PutWrong\"");
    assertThatThrownBy(
            () -> replay(WorkflowExecutionHistory.fromJson(another, AccountSyncWorkflow.id(LARGE))))
        .isInstanceOf(Exception.class);
  }

  private static String recorded() throws Exception {
    return Files.readString(
        Path.of(
            Objects.requireNonNull(AccountSyncWorkflowTest.class.getResource(RECORDED)).toURI()));
  }

  private void replay(WorkflowExecutionHistory history) throws Exception {
    try (TestWorkflowEnvironment fresh =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .build())) {
      Worker worker = fresh.newWorker(LARGE.taskQueue());
      register(worker);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    }
  }
}
