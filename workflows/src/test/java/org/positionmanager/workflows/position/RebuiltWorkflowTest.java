package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a workflow knows again that had to be rebuilt from the ledger under the same position. */
@Timeout(60)
class RebuiltWorkflowTest extends StagedTest {
  /**
   * Ends while no timer is about to fire: the test server strands a run whose timer fires as a
   * signal cancels it (temporalio/sdk-java, 2606).
   */
  private static final Duration BETWEEN_REVIEWS = Duration.ofSeconds(90);

  @Test
  void itGoesOnCountingExitsAndEvents() {
    stage.ledger.earlierLife =
        Optional.of(
            new Recollection(
                Phase.PROTECTED,
                2,
                1,
                17,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty()));
    PositionWorkflow position = stage.start();
    stage.requestClose();
    stage.awaitEnd(position);
    assertThat(world.submissions.getFirst().clientOrderId().exit()).isEqualTo(3);
    assertThat(stage.ledger.events.keySet()).allMatch(sequence -> sequence > 17);
  }

  @Test
  @DisplayName(
      "incident 11: the peak survives the loss of the workflow and the trailing stop fires")
  void thePeakSurvivesTheLossOfTheWorkflow() {
    PositionWorkflow first = stage.start();
    stage.price("8.00");
    stage.pass(Duration.ofMinutes(3));
    stage.price("7.50");
    stage.pass(Duration.ofMinutes(3));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();

    assertThat(rebuilt.state().basis().orElseThrow().peak()).isEqualTo(Price.parse("8"));
    stage.price("7.20");
    assertThat(stage.awaitEnd(rebuilt).reason()).contains(ExitReason.TRAILING_STOP);
  }

  @Test
  @DisplayName("incident 11: a stored peak that is worse than the entry is ignored")
  void aPeakWorseThanTheEntryIsIgnored() {
    stage.ledger.earlierLife =
        Optional.of(
            new Recollection(
                Phase.PROTECTED,
                0,
                0,
                3,
                List.of(),
                Optional.of(Price.parse("4.10")),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty()));
    PositionWorkflow position = stage.start();
    assertThat(position.state().basis().orElseThrow().peak()).isEqualTo(Stage.ENTRY);
  }

  @Test
  @DisplayName(
      "a holding that was taken over and closed in part keeps what it earned when it is rebuilt")
  void anAdoptedHoldingKeepsWhatClosedAPartOfIt() {
    EntryTerms adopted = stage.terms().takingOver(Stage.ENTRY);
    PositionWorkflow first = stage.start(PositionState.announced(Stage.ID, adopted), Map.of());
    stage.price("5.20");
    first.close(new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.empty()));
    stage.pass(Duration.ofMinutes(2));
    assertThat(first.state().held()).isEqualTo(Quantity.of(6));
    stage.lose(first);
    // the broker shows what is left, at the entry it was taken over at
    world.entryIs(new EntrySighting.Filled(Quantity.of(6), Stage.ENTRY, stage.open));

    PositionWorkflow rebuilt =
        stage.start(
            PositionState.announced(Stage.ID, adopted.withQuantity(Quantity.of(6))), Map.of());

    assertThat(rebuilt.state().held()).isEqualTo(Quantity.of(6));
    assertThat(rebuilt.state().realised()).isEqualTo(Money.parse("160"));
    stage.requestClose();
    assertThat(stage.awaitEnd(rebuilt).phase()).isEqualTo(Phase.CLOSED);
    assertThat(stage.ledger.recorded.orElseThrow().closed()).isEqualTo(Quantity.of(10));
    assertThat(stage.ledger.recorded.orElseThrow().realised()).isEqualTo(Money.parse("400"));
  }

  @Test
  void anAdjustedPlanSurvivesTheLossOfTheWorkflow() {
    PositionWorkflow first = stage.start();
    first.adjust(
        new AdjustCommand(
            "a-1",
            new PlanChange(
                Optional.of(Price.parse("4.70")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            "ann"));
    stage.pass(Duration.ofMinutes(1));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();

    assertThat(rebuilt.state().plan().orElseThrow().version()).isEqualTo(2);
    stage.pass(Duration.ofMinutes(31));
    stage.price("4.69");
    assertThat(stage.awaitEnd(rebuilt).reason()).contains(ExitReason.STOP);
  }

  @Test
  void aPausedPositionIsPausedStill() {
    PositionWorkflow first = stage.start();
    first.pause(new PauseCommand("p-1", "ann", "earnings"));
    stage.pass(Duration.ofMinutes(1));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();
    stage.price("9.90");
    stage.pass(Duration.ofMinutes(3));

    assertThat(rebuilt.state().pausedBecause()).contains("earnings (ann)");
    assertThat(stage.watch.permission).as("the watch may not act either").isEmpty();
    assertThat(world.submissions).isEmpty();
    rebuilt.resume(new ResumeCommand("r-1", "ann"));
    assertThat(stage.awaitEnd(rebuilt).reason()).contains(ExitReason.TARGET);
  }

  @Test
  @DisplayName("incident 5: an exit at the broker is followed, not sent again, after a rebuild")
  void anExitThatIsAtTheBrokerIsFollowedToItsEnd() {
    world.fillsAtOnce = false;
    PositionWorkflow first = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(10));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();

    assertThat(rebuilt.state().phase()).isEqualTo(Phase.EXITING);
    assertThat(rebuilt.state().exitReason()).contains(ExitReason.MANUAL);
    world.fillEverything();
    assertThat(stage.awaitEnd(rebuilt).reason()).contains(ExitReason.MANUAL);
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  @DisplayName("incident 5: an exit whose outcome was unknown goes on under the same id")
  void anExitOfUnknownOutcomeGoesOnUnderTheSameId() {
    PositionWorkflow first = stage.start();
    SubmitOutcome unknown = new SubmitOutcome.Unknown("timeout");
    world.answerNextSubmissionWith(unknown, unknown, unknown, unknown, unknown, unknown);
    stage.requestClose();
    stage.pass(Duration.ofSeconds(3));
    stage.lose(first);

    stage.awaitEnd(stage.start());

    assertThat(world.submissions).hasSizeGreaterThan(2);
    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().exit() + "-" + order.clientOrderId().attempt())
        .containsOnly("1-1");
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void anExitThatWasFilledInPartGoesOnWithTheRestAndTheProfitIsThatOfAllFills() {
    world.fillsAtOnce = false;
    PositionWorkflow first = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(3));
    stage.price("5.00");
    world.fillPart(Quantity.of(4));
    world.ordersEnd(OrderStatus.EXPIRED);
    stage.pass(Duration.ofSeconds(3));
    stage.lose(first);
    PositionWorkflow rebuilt = stage.start();
    stage.price("4.60");
    world.fillEverything();

    PositionOutcome outcome = stage.awaitEnd(rebuilt);

    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().attempt() + "/" + order.quantity())
        .containsExactly("1/10", "2/6");
    assertThat(outcome.realised()).as("4 at 5.00, 6 at 4.60").hasToString("-40 USD");
  }

  @Test
  void anExitThatIsSettledIsNotTakenUpAgain() {
    PositionWorkflow first = stage.start();
    first.close(new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.empty()));
    stage.pass(Duration.ofSeconds(3));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();
    stage.pass(Duration.ofMinutes(2));

    assertThat(rebuilt.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(rebuilt.state().held()).isEqualTo(Quantity.of(6));
    assertThat(world.submissions).hasSize(1);
    stage.requestClose();
    stage.awaitEnd(rebuilt);
    assertThat(world.submissions.getLast().clientOrderId().exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("incident 11: losing the workflow twice before the fill is seen again loses no peak")
  void thePeakSurvivesASecondLossBeforeTheFillIsKnownAgain() {
    PositionWorkflow first = stage.start();
    stage.price("8.00");
    stage.pass(Duration.ofMinutes(3));
    stage.lose(first);
    world.entryIs(new EntrySighting.NotFound(stage.open));
    PositionWorkflow second = stage.start();
    assertThat(second.state().phase()).isEqualTo(Phase.AWAITING_ENTRY);
    stage.lose(second);
    world.entryIs(new EntrySighting.Filled(Stage.TEN, Stage.ENTRY, stage.open));

    PositionWorkflow third = stage.start();

    assertThat(third.state().basis().orElseThrow().peak()).isEqualTo(Price.parse("8"));
  }

  @Test
  @DisplayName("incident 11: the recalled peak survives continue-as-new before the fill is known")
  void thePeakSurvivesContinueAsNewBeforeTheFillIsKnown() {
    PositionWorkflow first = stage.start();
    stage.price("8.00");
    stage.pass(Duration.ofMinutes(3));
    stage.lose(first);
    world.entryIs(new EntrySighting.NotFound(stage.open));
    PositionWorkflow second = stage.start(Map.of(NextRun.AFTER_EVENTS, 40));
    stage.pass(Duration.ofSeconds(60));
    stage.noteRun();
    assertThat(second.state().phase()).isEqualTo(Phase.AWAITING_ENTRY);
    assertThat(stage.runs).hasSizeGreaterThan(2);
    world.entryIs(new EntrySighting.Filled(Stage.TEN, Stage.ENTRY, stage.open));
    stage.pass(Duration.ofSeconds(20));
    stage.noteRun();

    assertThat(second.state().basis().orElseThrow().peak()).isEqualTo(Price.parse("8"));
  }

  @Test
  void aSplitThatTheLedgerKnowsIsNotScaledASecondTime() {
    PositionWorkflow first = stage.start();
    world.closeElsewhere(Quantity.of(4), Price.parse("5.00"));
    stage.pass(BETWEEN_REVIEWS);
    SyncNotice split = new SyncNotice.Split("a-1", Quantity.of(6), Quantity.of(12), "2:1");
    world.held = Quantity.of(12);
    stage.price("2.40");
    first.synced(split);
    stage.pass(BETWEEN_REVIEWS);
    PositionState before = first.state();
    assertThat(before.held()).isEqualTo(Quantity.of(12));
    stage.lose(first);

    PositionWorkflow rebuilt = stage.start();
    rebuilt.synced(split);
    stage.pass(BETWEEN_REVIEWS);

    PositionState after = rebuilt.state();
    assertThat(after.plan()).isEqualTo(before.plan());
    assertThat(after.basis().map(Basis::entry)).contains(Price.parse("2.40"));
    assertThat(after.held()).isEqualTo(Quantity.of(12));
    assertThat(after.realised()).as("4 at 5.00 for 4.80").isEqualTo(before.realised());
    assertThat(after.fills()).extracting(ClosingFill::quantity).containsExactly(Quantity.of(8));
    stage.requestClose();
    assertThat(stage.awaitEnd(rebuilt).realised()).hasToString("80 USD");
    assertThat(world.submissions.getLast().quantity()).isEqualTo(Quantity.of(12));
  }

  @Test
  @DisplayName("incident 6: what was closed while no workflow was there is booked, not forgotten")
  void whatWasClosedWhileNobodyWasThereIsBooked() {
    world.fillsAtOnce = false;
    stage.price("5.00");
    PositionWorkflow first = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(10));
    stage.lose(first);
    world.fillEverything();
    world.entryIs(new EntrySighting.NotFound(stage.open));

    PositionOutcome outcome = stage.awaitEnd(stage.start());

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.realised()).as("ten at 5.00 for 4.80").hasToString("200 USD");
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void whatGoesOnUnderAnotherSymbolIsProtectedByTheWatchAtOnce() {
    stage.watch.isRecorded = position -> stage.ledger.recorded.isPresent();
    world.held = Stage.TEN;
    PositionId old =
        new PositionId(
            Stage.ID.account(), Instrument.parse("NOX260220P00110000"), Stage.ID.execution());
    Basis basis =
        new Basis(
            old.instrument(), Direction.LONG, Stage.ENTRY, Stage.TEN, Stage.ENTRY, stage.open);
    PositionState before =
        PositionState.announced(old, stage.terms())
            .change()
            .phase(Phase.PROTECTED)
            .basis(basis)
            .plan(Plans.defaultsFor(stage.terms(), basis))
            .made();

    stage.start(before.movedTo(Stage.ID, stage.open, "a new name"), Map.of());

    assertThat(stage.watch.permission).isPresent();
  }
}
