package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * The life of a position in virtual time; every history that a test made is replayed at its end.
 */
@Timeout(60)
class PositionWorkflowTest extends StagedTest {
  private static final Quantity TEN = Stage.TEN;

  @Test
  void aPositionIsClosedByItsTargetWithTheRealFill() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(31));
    stage.price("8.70");

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.phase()).isEqualTo(Phase.CLOSED);
    assertThat(outcome.reason()).contains(ExitReason.TARGET);
    assertThat(outcome.averageExit()).contains(Price.parse("8.70"));
    assertThat(outcome.realised()).hasToString("3900 USD");
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.held).isEqualTo(Quantity.ZERO);
    assertThat(stage.ledger.recordedPhases).endsWith(Phase.CLOSED);
    assertThat(stage.ledger.events.keySet())
        .as("event numbers without gaps")
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, stage.ledger.events.size()).boxed().toList());
  }

  @Test
  @DisplayName("incident 11: the peak survives continue-as-new and the trailing stop fires")
  void thePeakSurvivesManyRuns() {
    PositionWorkflow position = stage.start(Map.of(NextRun.AFTER_EVENTS, 40));
    stage.pass(Duration.ofMinutes(31));
    stage.price("8.00");
    stage.pass(Duration.ofMinutes(3));
    for (int run = 0; run < 5; run++) {
      stage.price("7.90");
      stage.pass(Duration.ofMinutes(10));
      stage.noteRun();
    }
    assertThat(position.state().basis().orElseThrow().peak()).isEqualTo(Price.parse("8"));
    stage.price("7.20");

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.TRAILING_STOP);
    assertThat(stage.runs).as("runs of the workflow").hasSizeGreaterThan(3);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  @DisplayName("a quote from before the entry closes nothing, the first since then may")
  void aQuoteFromBeforeTheEntryClosesNothing() {
    stage.price("1.00");
    world.quoteAge = Duration.ofSeconds(10);
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(5));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().lastSeen().orElseThrow().quote()).isEmpty();
    assertThat(world.submissions).isEmpty();
    world.quoteAge = Duration.ZERO;

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.CATASTROPHIC_STOP);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  @DisplayName("incident 5: a close whose answer is lost is looked up, and one order is made")
  void aLostAnswerMakesOneOrder() {
    PositionWorkflow position = stage.start();
    world.loseAnswers = true;
    stage.requestClose();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.MANUAL);
    assertThat(world.ordersAtBroker()).isOne();
    assertThat(world.submissions).hasSize(1);
  }

  @Test
  @DisplayName("incident 6: a position closed elsewhere ends with the fill that closed it")
  void closedElsewhereEndsWithItsRealFill() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(2));
    world.closeElsewhere(TEN, Price.parse("5.55"));

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.reason()).contains(ExitReason.CLOSED_ELSEWHERE);
    assertThat(outcome.averageExit()).contains(Price.parse("5.55"));
    assertThat(world.submissions).isEmpty();
  }

  @Test
  @DisplayName("incident 16: absence without a fill ends nothing, a person is told")
  void unexplainedAbsenceEndsNothing() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(2));
    world.held = Quantity.ZERO;
    stage.pass(Duration.ofMinutes(5));

    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(stage.ledger.alerts).hasSize(1);
    assertThat(world.submissions).isEmpty();
    world.held = TEN;
    stage.pass(Duration.ofMinutes(5));
    assertThat(position.state().note()).isEmpty();
  }

  @Test
  @DisplayName("incident 16: an absence is told to a person although reads had failed before it")
  void unexplainedAbsenceIsToldAfterFailedReads() {
    PositionWorkflow position = stage.start();
    world.quotesUnreadable = true;
    stage.pass(Duration.ofMinutes(5));
    world.held = Quantity.ZERO;
    world.quotesUnreadable = false;
    stage.pass(Duration.ofMinutes(5));
    assertThat(stage.ledger.alerts).hasSize(1);
    assertThat(position.state().note().orElse("")).contains("no fill explains it");
  }

  @Test
  @DisplayName("incident 17: the position is not closed before the fill, and then at its price")
  void closedOnlyAtTheFill() {
    PositionWorkflow position = stage.start();
    world.fillsAtOnce = false;
    stage.requestClose();
    stage.pass(Duration.ofMinutes(3));
    assertThat(position.state().phase()).isEqualTo(Phase.EXITING);

    stage.price("4.60");
    world.fillEverything();

    assertThat(stage.awaitEnd(position).averageExit()).contains(Price.parse("4.60"));
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void ordersThatHoldTheQuantityAreCancelledFirst() {
    PositionWorkflow position = stage.start();
    world.bracketHolds(TEN);
    stage.requestClose();

    stage.awaitEnd(position);

    assertThat(world.submissions).hasSize(1);
    assertThat(stage.ledger.events.values())
        .extracting(PositionEvent::type)
        .containsSubsequence(PositionEvent.Type.ORDERS_CANCELED, PositionEvent.Type.ORDER_SENT);
  }

  @Test
  void aRefusalThatARetryCannotMendStaysExitingWithTheReasonVisibleAndAnAlert() {
    PositionWorkflow position = stage.start();
    Refusal refusal =
        new Refusal(Refusal.Kind.NEEDS_A_PERSON, 403, 40310000, "potential wash trade detected");
    world.answerNextSubmissionWith(new SubmitOutcome.Refused(refusal));
    CloseAnswer answer =
        position.close(new CloseCommand("c-1", Optional.empty(), "ann", Optional.empty()));

    assertThat(answer.phase()).isEqualTo(Phase.EXITING);
    assertThat(answer.message()).contains("wash trade");
    stage.awaitEnd(position);
    assertThat(stage.ledger.alerts).hasSize(1);
    assertThat(world.submissions).hasSize(2);
    assertThat(world.submissions.get(1).clientOrderId())
        .isEqualTo(world.submissions.get(0).clientOrderId());
  }

  @Test
  @DisplayName(
      "incident 12: while the ledger is down the exit goes on, and CLOSED waits for history")
  void theLedgerBeingDownStopsNoExit() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(1));
    stage.ledger.down = true;
    stage.requestClose();
    stage.pass(Duration.ofMinutes(2));

    assertThat(world.held).isEqualTo(Quantity.ZERO);
    assertThat(position.state().phase()).isNotEqualTo(Phase.CLOSED);
    stage.ledger.down = false;
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(stage.ledger.events.values())
        .extracting(PositionEvent::type)
        .contains(PositionEvent.Type.EXIT_DECIDED, PositionEvent.Type.FILLED);
  }

  @Test
  void anEntryThatNeverFillsEndsNeverOpened() {
    world.entryIs(new EntrySighting.NotFound(stage.open));
    world.held = Quantity.ZERO;
    PositionOutcome outcome = stage.awaitEnd(stage.start());

    assertThat(outcome.phase()).isEqualTo(Phase.NEVER_OPENED);
    assertThat(world.submissions).isEmpty();
  }

  @Test
  void aPartialCloseSellsThatMuchAndGoesOnProtectingTheRest() {
    PositionWorkflow position = stage.start();
    CloseAnswer answer =
        position.close(
            new CloseCommand("c-1", Optional.of(Quantity.of(4)), "ann", Optional.of("de-risk")));

    assertThat(answer.phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().held()).isEqualTo(Quantity.of(6));
    position.close(new CloseCommand("c-2", Optional.empty(), "ann", Optional.empty()));
    stage.awaitEnd(position);
    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().exit() + "/" + order.quantity())
        .containsExactly("1/4", "2/6");
  }

  @Test
  void badCommandsAreRefusedNamingTheField() {
    PositionWorkflow position = stage.start();
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
    stage.noteRun();
  }

  @Test
  void aPausedPositionIsNotClosedByRulesButByHand() {
    PositionWorkflow position = stage.start();
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    stage.pass(Duration.ofMinutes(31));
    stage.price("8.70");
    stage.pass(Duration.ofMinutes(5));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.story()).contains("Paused").contains("earnings");

    position.resume(new ResumeCommand("r-1", "ann"));

    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.TARGET);
  }

  @Test
  void anAdjustedStopIsJudgedAtOnce() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(31));
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
    stage.price("4.69");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("incident 13: a day trade is closed after its longest holding time, not hours later")
  void maxHoldIsKeptToTheMinute() {
    PositionWorkflow position = stage.start();
    stage.awaitEnd(position);
    Instant filled = stage.ledger.recorded.orElseThrow().fills().getLast().at();
    assertThat(Duration.between(stage.open, filled))
        .isBetween(Duration.ofMinutes(240), Duration.ofMinutes(241));
  }

  @Test
  void anExitOutsideTheSessionWaitsForTheOpenAndSaysSo() {
    PositionWorkflow position = stage.start();
    position.pause(new PauseCommand("p-1", "ann", "over night"));
    stage.pass(Duration.ofHours(8));
    CloseAnswer answer =
        position.close(new CloseCommand("c-1", Optional.empty(), "ann", Optional.empty()));
    assertThat(answer.message()).contains("market is closed");
    assertThat(world.submissions).isEmpty();

    stage.awaitEnd(position);
    assertThat(Instant.ofEpochMilli(stage.environment.currentTimeMillis()))
        .isAfterOrEqualTo(world.nextSession.openInclusive());
  }

  @Test
  void unreadableQuotesAreUnknownAndNeverAnExit() {
    PositionWorkflow position = stage.start();
    world.quotesUnreadable = true;
    stage.pass(Duration.ofMinutes(45));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().note().orElse("")).contains("could not read");
    world.quotesUnreadable = false;
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().note()).isEmpty();
    stage.noteRun();
  }

  @Test
  @DisplayName("an entry that cannot be told is an alert within two minutes, and is looked for on")
  void anEntryThatCannotBeToldIsAnAlert() {
    world.entryUnreadable = Optional.of("two orders fit equally well");
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(5));
    assertThat(stage.ledger.alerts)
        .extracting(alert -> alert.message())
        .containsExactly(
            "the entry cannot be found: two orders fit equally well; nobody protects it until then");
    assertThat(position.state().note()).isPresent();
    world.entryUnreadable = Optional.empty();
    stage.pass(Duration.ofMinutes(1));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().note()).isEmpty();
    stage.requestClose();
    stage.awaitEnd(position);
  }
}
