package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * The life of a position in virtual time; every history that a test made is replayed at its end.
 */
@Timeout(60)
class PositionWorkflowTest {
  private static final PositionId ID =
      new PositionId(
          new AccountName("large"),
          Instrument.parse("NOW260220P00110000"),
          UUID.fromString("00000000-0000-4000-8000-000000000001"));
  private static final Price ENTRY = Price.parse("4.80");
  private static final Quantity TEN = Quantity.of(10);

  private TestWorkflowEnvironment environment;
  private FakeWorld world;
  private Instant open;

  @BeforeEach
  void openTheMarket() {
    environment = newEnvironment();
    open = Instant.ofEpochMilli(environment.currentTimeMillis());
    world =
        new FakeWorld(
            () -> Instant.ofEpochMilli(environment.currentTimeMillis()), ID.instrument(), open);
    world.entryIs(new EntrySighting.Filled(TEN, ENTRY, open));
    world.bid = ENTRY;
    Worker worker = environment.newWorker(ID.account().taskQueue());
    worker.registerWorkflowImplementationTypes(PositionWorkflowImpl.class);
    worker.registerActivitiesImplementations(world);
    environment.start();
  }

  @AfterEach
  void everyHistoryReplays() throws Exception {
    List<String> runs = new ArrayList<>(runsSeen);
    try (TestWorkflowEnvironment replay = newEnvironment()) {
      Worker worker = replay.newWorker(ID.account().taskQueue());
      worker.registerWorkflowImplementationTypes(PositionWorkflowImpl.class);
      for (String run : runs) {
        WorkflowReplayer.replayWorkflowExecution(
            environment.getWorkflowClient().fetchHistory(ID.workflowId(), run), worker);
      }
    }
    assertThat(runs).as("runs replayed").isNotEmpty();
    environment.close();
  }

  private final List<String> runsSeen = new ArrayList<>();

  @Test
  void aPositionIsClosedByItsTargetWithTheRealFill() {
    PositionWorkflow position = start();
    environment.sleep(Duration.ofMinutes(31));
    price("8.70");

    PositionOutcome outcome = awaitEnd(position);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.reason()).contains(ExitReason.TARGET);
    assertThat(outcome.averageExit()).contains(Price.parse("8.70"));
    assertThat(outcome.realised()).hasToString("3900 USD");
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.held).isEqualTo(Quantity.ZERO);
    assertThat(world.recordedPhases).endsWith(Phase.CLOSED);
    assertThat(world.events.keySet())
        .as("event numbers without gaps")
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, world.events.size()).boxed().toList());
  }

  @Test
  @DisplayName("incident 11: the peak survives continue-as-new and the trailing stop fires")
  void thePeakSurvivesManyRuns() {
    PositionWorkflow position = start(Map.of(PositionWorkflowImpl.CONTINUE_AFTER_EVENTS, 40));
    environment.sleep(Duration.ofMinutes(31));
    price("8.00");
    environment.sleep(Duration.ofMinutes(3));
    for (int run = 0; run < 5; run++) {
      price("7.90");
      environment.sleep(Duration.ofMinutes(10));
      noteRun();
    }
    assertThat(position.state().basis().orElseThrow().peak()).isEqualTo(Price.parse("8"));
    price("7.20");

    PositionOutcome outcome = awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.TRAILING_STOP);
    assertThat(runsSeen).as("runs of the workflow").hasSizeGreaterThan(3);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  @DisplayName("incident 5: a close whose answer is lost is looked up, and one order is made")
  void aLostAnswerMakesOneOrder() {
    PositionWorkflow position = start();
    world.loseAnswers = true;
    WorkflowStub.fromTyped(position).signal("requestClose");

    PositionOutcome outcome = awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.MANUAL);
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void anUnknownOutcomeWithNothingFoundGoesAgainUnderTheSameId() {
    PositionWorkflow position = start();
    world.answerNextSubmissionWith(
        new SubmitOutcome.Unknown("timeout"), new SubmitOutcome.Unknown("timeout"));
    WorkflowStub.fromTyped(position).signal("requestClose");

    awaitEnd(position);

    assertThat(world.submissions).hasSize(3);
    assertThat(world.submissions.stream().map(order -> order.clientOrderId()).distinct())
        .hasSize(1);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  @DisplayName("incident 6: a position closed elsewhere ends with the fill that closed it")
  void closedElsewhereEndsWithItsRealFill() {
    PositionWorkflow position = start();
    environment.sleep(Duration.ofMinutes(2));
    world.closeElsewhere(TEN, Price.parse("5.55"));

    PositionOutcome outcome = awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.CLOSED_ELSEWHERE);
    assertThat(outcome.averageExit()).contains(Price.parse("5.55"));
    assertThat(world.submissions).isEmpty();
  }

  @Test
  @DisplayName("incident 16: absence without a fill ends nothing, a person is told")
  void unexplainedAbsenceEndsNothing() {
    PositionWorkflow position = start();
    environment.sleep(Duration.ofMinutes(2));
    world.held = Quantity.ZERO;
    environment.sleep(Duration.ofMinutes(5));

    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(world.alerts).hasSize(1);
    assertThat(world.submissions).isEmpty();
    world.held = TEN;
    environment.sleep(Duration.ofMinutes(5));
    assertThat(position.state().note()).isEmpty();
  }

  @Test
  @DisplayName("incident 17: the position is not closed before the fill, and then at its price")
  void closedOnlyAtTheFill() {
    PositionWorkflow position = start();
    world.fillsAtOnce = false;
    WorkflowStub.fromTyped(position).signal("requestClose");
    environment.sleep(Duration.ofMinutes(3));
    assertThat(position.state().phase()).isEqualTo(Phase.EXITING);

    price("4.60");
    world.fillEverything();

    assertThat(awaitEnd(position).averageExit()).contains(Price.parse("4.60"));
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void ordersThatHoldTheQuantityAreCancelledFirst() {
    PositionWorkflow position = start();
    world.bracketHolds(TEN);
    WorkflowStub.fromTyped(position).signal("requestClose");

    awaitEnd(position);

    assertThat(world.submissions).hasSize(1);
    assertThat(world.events.values())
        .extracting(PositionEvent::type)
        .containsSubsequence(PositionEvent.Type.ORDERS_CANCELED, PositionEvent.Type.ORDER_SENT);
  }

  @Test
  void aRefusalThatARetryCannotMendStaysExitingWithTheReasonVisibleAndAnAlert() {
    PositionWorkflow position = start();
    Refusal refusal =
        new Refusal(Refusal.Kind.NEEDS_A_PERSON, 403, 40310000, "potential wash trade detected");
    world.answerNextSubmissionWith(new SubmitOutcome.Refused(refusal));
    CloseAnswer answer =
        position.close(new CloseCommand("c-1", Optional.empty(), "ann", Optional.empty()));

    assertThat(answer.phase()).isEqualTo(Phase.EXITING);
    assertThat(answer.message()).contains("wash trade");
    awaitEnd(position);
    assertThat(world.alerts).hasSize(1);
    assertThat(world.submissions).hasSize(2);
    assertThat(world.submissions.get(1).clientOrderId())
        .isEqualTo(world.submissions.get(0).clientOrderId());
  }

  @Test
  @DisplayName(
      "incident 12: while the ledger is down the exit goes on, and CLOSED waits for history")
  void theLedgerBeingDownStopsNoExit() {
    PositionWorkflow position = start();
    environment.sleep(Duration.ofMinutes(1));
    world.ledgerDown = true;
    WorkflowStub.fromTyped(position).signal("requestClose");
    environment.sleep(Duration.ofMinutes(2));

    assertThat(world.held).isEqualTo(Quantity.ZERO);
    assertThat(position.state().phase()).isNotEqualTo(Phase.CLOSED);
    world.ledgerDown = false;
    assertThat(awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.events.values())
        .extracting(PositionEvent::type)
        .contains(PositionEvent.Type.EXIT_DECIDED, PositionEvent.Type.FILLED);
  }

  @Test
  void anEntryThatNeverFillsEndsNeverOpened() {
    PositionId other = ID;
    world.entryIs(new EntrySighting.NotFound(open));
    world.findEntry(other, terms());
    world.held = Quantity.ZERO;
    PositionOutcome outcome = awaitEnd(start());

    assertThat(outcome.phase()).isEqualTo(Phase.NEVER_OPENED);
    assertThat(world.submissions).isEmpty();
  }

  @Test
  void aPartialCloseSellsThatMuchAndGoesOnProtectingTheRest() {
    PositionWorkflow position = start();
    CloseAnswer answer =
        position.close(
            new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.of("de-risk")));

    assertThat(answer.phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    position.close(new CloseCommand("c-2", Optional.empty(), "ann", Optional.empty()));
    awaitEnd(position);
    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().exit() + "/" + order.quantity())
        .containsExactly("1/4", "2/6");
  }

  @Test
  void theSameCommandSentAgainHasNoSecondEffect() {
    PositionWorkflow position = start();
    CloseCommand command =
        new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.empty());
    position.close(command);
    position.close(command);
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    noteRun();
  }

  @Test
  void badCommandsAreRefusedNamingTheField() {
    PositionWorkflow position = start();
    assertThatThrownBy(
            () ->
                position.close(
                    new CloseCommand(
                        "c-1", Optional.of(Quantity.parse("1.5")), "ann", Optional.empty())))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("quantity must be a multiple of 1 above zero, got: 1.5");
    assertThatThrownBy(
            () ->
                position.adjust(
                    new AdjustCommand(
                        "c-2",
                        new PlanChange(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        "ann")))
        .hasStackTraceContaining("change names nothing");
    noteRun();
  }

  @Test
  void aPausedPositionIsNotClosedByRulesButByHand() {
    PositionWorkflow position = start();
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    environment.sleep(Duration.ofMinutes(31));
    price("8.70");
    environment.sleep(Duration.ofMinutes(5));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.story()).contains("Paused").contains("earnings");

    position.resume(new ResumeCommand("r-1", "ann"));

    assertThat(awaitEnd(position).reason()).contains(ExitReason.TARGET);
  }

  @Test
  void anAdjustedStopIsJudgedAtOnce() {
    PositionWorkflow position = start();
    environment.sleep(Duration.ofMinutes(31));
    CommandAnswer answer =
        position.adjust(
            new AdjustCommand(
                "a-1",
                new PlanChange(
                    Optional.of(Price.parse("4.70")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                "ann"));
    assertThat(answer.planVersion()).isEqualTo(2);
    price("4.69");
    assertThat(awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("incident 13: a day trade is closed after its longest holding time, not hours later")
  void maxHoldIsKeptToTheMinute() {
    PositionWorkflow position = start();
    awaitEnd(position);
    // not the environment's clock: it may run on, to the end's own timeouts, once nothing is left
    Instant decided =
        world.events.values().stream()
            .filter(event -> event.type() == PositionEvent.Type.EXIT_DECIDED)
            .map(PositionEvent::at)
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(open, decided))
        .isBetween(Duration.ofMinutes(240), Duration.ofMinutes(241));
  }

  @Test
  void anExitOutsideTheSessionWaitsForTheOpenAndSaysSo() {
    PositionWorkflow position = start();
    position.pause(new PauseCommand("p-1", "ann", "over night"));
    environment.sleep(Duration.ofHours(8));
    CloseAnswer answer =
        position.close(new CloseCommand("c-1", Optional.empty(), "ann", Optional.empty()));
    assertThat(answer.message()).contains("market is closed");
    assertThat(world.submissions).isEmpty();

    awaitEnd(position);
    assertThat(Instant.ofEpochMilli(environment.currentTimeMillis()))
        .isAfterOrEqualTo(world.nextSession.openInclusive());
  }

  @Test
  void aRebuiltWorkflowGoesOnCountingExits() {
    world.earlierLife = Optional.of(new Recollection(Phase.PROTECTED, 2, 1, 17, List.of()));
    PositionWorkflow position = start();
    WorkflowStub.fromTyped(position).signal("requestClose");
    awaitEnd(position);
    assertThat(world.submissions.getFirst().clientOrderId().exit()).isEqualTo(3);
    assertThat(world.events.keySet()).allMatch(sequence -> sequence > 17);
  }

  @Test
  void unreadableQuotesAreUnknownAndNeverAnExit() {
    PositionWorkflow position = start();
    world.quotesUnreadable = true;
    environment.sleep(Duration.ofMinutes(45));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().note().orElse("")).contains("could not read");
    world.quotesUnreadable = false;
    environment.sleep(Duration.ofMinutes(2));
    assertThat(position.state().note()).isEmpty();
    noteRun();
  }

  private void price(String bid) {
    world.bid = Price.parse(bid);
  }

  private PositionWorkflow start() {
    return start(Map.of());
  }

  private PositionWorkflow start(Map<String, Object> memo) {
    PositionWorkflow position =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                PositionWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(ID.account().taskQueue())
                    .setWorkflowId(ID.workflowId())
                    .setMemo(memo)
                    .build());
    WorkflowClient.start(position::manage, PositionState.announced(ID, terms()));
    noteRun();
    environment.sleep(Duration.ofSeconds(5));
    return environment.getWorkflowClient().newWorkflowStub(PositionWorkflow.class, ID.workflowId());
  }

  private PositionOutcome awaitEnd(PositionWorkflow position) {
    PositionOutcome outcome = WorkflowStub.fromTyped(position).getResult(PositionOutcome.class);
    noteRun();
    return outcome;
  }

  private void noteRun() {
    String run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(ID.workflowId())
            .describe()
            .getExecution()
            .getRunId();
    if (!runsSeen.contains(run)) {
      runsSeen.add(run);
    }
  }

  private EntryTerms terms() {
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

  private static TestWorkflowEnvironment newEnvironment() {
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
