package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a sync tells a position whose exit is under way; every history made here is replayed. */
@Timeout(60)
class SyncedExitWorkflowTest extends StagedTest {
  private static final SubmitOutcome LOST = new SubmitOutcome.Unknown("the answer was lost");

  private static SyncNotice closed(int quantity) {
    return new SyncNotice.Closed(
        List.of(
            new ClosingFill(
                new BrokerOrderId("person-1"),
                "by-hand",
                Quantity.of(quantity),
                Price.parse("5.00"),
                java.time.Instant.EPOCH)),
        ExitReason.CLOSED_ELSEWHERE,
        "a person sold");
  }

  /** From within the submission, as a signal that comes while the step is under way. */
  private void whileItIsSent(PositionWorkflow position, SyncNotice notice) {
    world.whenSubmitted(
        () -> {
          world.whenSubmitted(() -> {});
          position.synced(notice);
        });
  }

  @Test
  void aHoldingThatGoesWhileItsExitIsSentEndsThePosition() {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(LOST);
    whileItIsSent(position, closed(10));
    stage.price("4.00");
    stage.requestClose();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.realised()).as("ten at 5.00 for 4.80").hasToString("200 USD");
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  void whereAnotherPositionHoldsTheRestNothingMoreIsSent() {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(
        new SubmitOutcome.Refused(
            new Refusal(Refusal.Kind.RATE_LIMITED, 429, 0, "too many requests")));
    whileItIsSent(position, closed(10));
    stage.price("4.00");
    stage.requestClose();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.submissions).as("the ten that are held are another's").hasSize(1);
    assertThat(world.held).isEqualTo(Quantity.of(10));
    assertThat(stage.ledger.alerts).isEmpty();
  }

  @Test
  void anExitOfUnknownOutcomeIsLookedForAgainBeforeItCountsAsNeverSent() {
    PositionWorkflow position = stage.start();
    world.loseAnswers = true;
    world.fillsAtOnce = false;
    whileItIsSent(position, closed(10));
    stage.price("4.00");
    stage.requestClose();
    stage.pass(Duration.ofMinutes(2));

    PositionState waiting = position.state();
    assertThat(waiting.exit().flatMap(ExitProgress::order)).as("found under its id").isPresent();
    world.ordersEnd(org.positionmanager.workflows.broker.OrderStatus.CANCELED);
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void whatGoesInPartWhileAnExitIsUnderWayMakesTheNextOrderSmaller() {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(
        new SubmitOutcome.Refused(
            new Refusal(Refusal.Kind.RATE_LIMITED, 429, 0, "too many requests")));
    whileItIsSent(position, closed(4));
    stage.price("4.00");
    stage.requestClose();

    stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.quantity().toString())
        .containsExactly("10", "6");
  }

  @Test
  void whoIsExitingGivesNoWay() {
    PositionWorkflow position = stage.start();
    world.fillsAtOnce = false;
    PositionId other =
        PositionId.parse("large/NOW260220P00110000/00000000-0000-4000-8000-000000000002");
    whileItIsSent(position, new SyncNotice.GiveWay(other, Quantity.of(10), "adopted"));
    stage.price("4.00");
    stage.requestClose();
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().held()).isEqualTo(Quantity.of(10));
    world.fillEverything();
    assertThat(stage.awaitEnd(position).realised()).hasToString("-800 USD");
  }

  /** What closed the holding, told by the sync while the position itself asks for it. */
  private void whileItIsExplained(PositionWorkflow position, SyncNotice notice) {
    world.whenExplained(
        () -> {
          world.whenExplained(() -> {});
          position.synced(notice);
        });
  }

  @Test
  void whatTheSyncTellsWhileTheSameIsLookedForIsBookedOnce() {
    PositionWorkflow position = stage.start();
    world.closeElsewhere(Quantity.of(6), Price.parse("5.00"));
    whileItIsExplained(
        position,
        new SyncNotice.Closed(
            world.closedElsewhere(), ExitReason.CLOSED_ELSEWHERE, "a person sold"));
    stage.pass(Duration.ofMinutes(2));

    assertThat(position.state().fills())
        .extracting(fill -> fill.order() + " " + fill.quantity())
        .containsExactly("person-0 6");
    assertThat(position.state().held()).isEqualTo(Quantity.of(4));
    assertThat(stage.ledger.alerts).isEmpty();
  }

  @Test
  void aSplitThatIsToldWhileAnAbsenceIsExplainedIsAppliedBeforeAnythingIsBooked() {
    PositionWorkflow position = stage.start();
    // split to twenty, of which twelve were sold before anyone told of the split
    world.closeElsewhere(Quantity.of(2), Price.parse("2.40"));
    world.tellMoreOfTheLastFill(Quantity.of(12));
    whileItIsExplained(
        position, new SyncNotice.Split("a1", Quantity.of(10), Quantity.of(20), "two for one"));
    stage.pass(Duration.ofMinutes(2));

    assertThat(position.state().fills())
        .extracting(fill -> fill.order() + " " + fill.quantity())
        .containsExactly("person-0 12");
    assertThat(position.state().held()).isEqualTo(Quantity.of(8));
    assertThat(stage.ledger.alerts).isEmpty();
  }

  @Test
  void anExitThatClosedMoreThanWasLeftBooksWhatWasLeftAndTellsOfTheRest() {
    PositionWorkflow position = stage.start();
    world.fillsAtOnce = false;
    stage.price("4.00");
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    position.synced(closed(4));
    world.fillEverything();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.realised()).as("4 at 5.00, 6 at 4.00, for 4.80").hasToString("-400 USD");
    assertThat(stage.ledger.alerts)
        .extracting(alert -> alert.key().replace(Stage.ID.toString(), "id"))
        .containsExactly("mismatch/exit-beyond/id");
  }

  @Test
  void whoGivesAllAwayTakesItsPermissionFromTheWatchBeforeItEnds() {
    PositionWorkflow position = stage.start();
    assertThat(stage.watch.permission).isPresent();
    List<Phase> recordedBefore = new ArrayList<>();
    stage.watch.whenDisarmed(() -> recordedBefore.addAll(stage.ledger.recordedPhases));
    PositionId other =
        PositionId.parse("large/NOW260220P00110000/00000000-0000-4000-8000-000000000002");

    position.synced(new SyncNotice.GiveWay(other, Quantity.of(10), "adopted"));

    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.NEVER_OPENED);
    assertThat(stage.watch.permission).isEmpty();
    assertThat(recordedBefore).isNotEmpty().doesNotContain(Phase.NEVER_OPENED);
  }
}
