package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * One position's workflow in virtual time over a {@link FakeWorld} and a {@link FakeLedger}: ten
 * NOW puts, filled at 4.80 as the market opens. Every history that was made here can be replayed.
 */
final class Stage implements AutoCloseable {
  static final PositionId ID =
      new PositionId(
          new AccountName("large"),
          Instrument.parse("NOW260220P00110000"),
          UUID.fromString("00000000-0000-4000-8000-000000000001"));
  static final Price ENTRY = Price.parse("4.80");
  static final Quantity TEN = Quantity.of(10);

  /** On busy cores a workflow thread may not get one for longer than the SDK's second. */
  private static final Duration LOADED_MACHINE = Duration.ofSeconds(10);

  final TestWorkflowEnvironment environment = newEnvironment();
  final PositionId id;
  final Instant open = Instant.ofEpochMilli(environment.currentTimeMillis());
  final FakeWorld world;
  final FakeLedger ledger = new FakeLedger();
  final FakeWatch watch = new FakeWatch();
  final List<String> runs = new ArrayList<>();

  Stage() {
    this(ID);
  }

  /** The same of another instrument, in the same account. */
  Stage(PositionId id) {
    this.id = id;
    world =
        new FakeWorld(
            () -> Instant.ofEpochMilli(environment.currentTimeMillis()), id.instrument(), open);
    world.entryIs(new EntrySighting.Filled(TEN, ENTRY, open));
    world.bid = ENTRY;
    Worker worker = worker(environment);
    worker.registerActivitiesImplementations(world, ledger, watch);
    environment.start();
  }

  void price(String bid) {
    world.bid = Price.parse(bid);
  }

  /** From now on reviews find a fresh watch that has judged up to now. */
  void watchSees() {
    world.watch = Optional.of(new WatchSight(1, ENTRY, ENTRY, now(), true, Optional.of(ENTRY)));
  }

  /** The watch judges by a quote of now, and records it. */
  void watchRecords(String price) {
    Quote quote = new Quote(Price.parse(price), Price.parse(price), now());
    ledger.keeps(new KeptQuote(SeenQuote.fresh(quote), 1, KeptQuote.Why.MOVED));
  }

  Instant now() {
    return Instant.ofEpochMilli(environment.currentTimeMillis());
  }

  void pass(Duration time) {
    environment.sleep(time);
  }

  PositionWorkflow start() {
    return start(Map.of());
  }

  PositionWorkflow start(Map<String, Object> memo) {
    return start(PositionState.announced(id, terms()), memo);
  }

  PositionWorkflow start(PositionState state, Map<String, Object> memo) {
    PositionWorkflow position =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                PositionWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(id.account().taskQueue())
                    .setWorkflowId(id.workflowId())
                    .setMemo(memo)
                    .build());
    WorkflowClient.start(position::manage, state);
    noteRun();
    environment.sleep(Duration.ofSeconds(5));
    return environment.getWorkflowClient().newWorkflowStub(PositionWorkflow.class, id.workflowId());
  }

  /** Sends the close signal, as the Temporal UI does. */
  void requestClose(Object... payloads) {
    environment
        .getWorkflowClient()
        .newUntypedWorkflowStub(id.workflowId())
        .signal("requestClose", payloads);
  }

  PositionOutcome awaitEnd(PositionWorkflow position) {
    PositionOutcome outcome = WorkflowStub.fromTyped(position).getResult(PositionOutcome.class);
    noteRun();
    return outcome;
  }

  /**
   * The engine forgets the workflow in the middle of its life. Not in the middle of an activity:
   * virtual time would stand still for one that nobody is there to be told of.
   */
  void lose(PositionWorkflow position) {
    WorkflowStub stub = WorkflowStub.fromTyped(position);
    await("the workflow of " + id + " to wait for time alone").until(() -> isAtRest(stub));
    stub.terminate("lost");
  }

  private static boolean isAtRest(WorkflowStub workflow) {
    DescribeWorkflowExecutionResponse now = workflow.describe().getRawDescription();
    return now.getPendingActivitiesCount() == 0 && !now.hasPendingWorkflowTask();
  }

  /** Remembers the current run, so that its history is replayed too. */
  void noteRun() {
    String run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(id.workflowId())
            .describe()
            .getExecution()
            .getRunId();
    if (!runs.contains(run)) {
      runs.add(run);
    }
  }

  /** What the engine has of every run so far, oldest first; runs between those noted included. */
  List<WorkflowExecutionHistory> histories() {
    Map<String, WorkflowExecutionHistory> histories = new LinkedHashMap<>();
    for (String noted : runs) {
      for (String run = noted; !run.isEmpty() && !histories.containsKey(run); ) {
        WorkflowExecutionHistory history =
            environment.getWorkflowClient().fetchHistory(id.workflowId(), run);
        histories.put(run, withoutItsLoss(history, id));
        run =
            history
                .getLastEvent()
                .getWorkflowExecutionContinuedAsNewEventAttributes()
                .getNewExecutionRunId();
      }
    }
    return List.copyOf(histories.values());
  }

  /** Replay takes no history that ends by termination: what came before it is replayed. */
  private static WorkflowExecutionHistory withoutItsLoss(
      WorkflowExecutionHistory history, PositionId id) {
    int last = history.getEvents().size() - 1;
    return history.getLastEvent().hasWorkflowExecutionTerminatedEventAttributes()
        ? new WorkflowExecutionHistory(
            history.getHistory().toBuilder().removeEvents(last).build(), id.workflowId())
        : history;
  }

  void replayAll() throws Exception {
    assertThat(runs).as("runs replayed").isNotEmpty();
    try (TestWorkflowEnvironment replay = newEnvironment()) {
      Worker worker = worker(replay);
      for (WorkflowExecutionHistory history : histories()) {
        WorkflowReplayer.replayWorkflowExecution(history, worker);
      }
    }
  }

  @Override
  public void close() {
    environment.close();
  }

  EntryTerms terms() {
    return new EntryTerms(
        Strategy.DAY_TRADE,
        Direction.LONG,
        TEN,
        open,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Duration.ofMinutes(240)),
        false);
  }

  /** A worker that knows the workflow and no activities: enough to replay. */
  static Worker worker(TestWorkflowEnvironment environment) {
    Worker worker =
        environment.newWorker(
            ID.account().taskQueue(),
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(LOADED_MACHINE.toMillis())
                .build());
    worker.registerWorkflowImplementationTypes(PositionWorkflowImpl.class);
    return worker;
  }

  static TestWorkflowEnvironment newEnvironment() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
    for (String name : List.of("PositionState", "ExitReason")) {
      options.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    return TestWorkflowEnvironment.newInstance(options.build());
  }
}
