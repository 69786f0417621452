package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.workflows.broker.OrderPricing;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** An exit on its way through the broker, with all that can come in between. */
@Timeout(60)
class ExitProtocolWorkflowTest extends StagedTest {
  @Test
  void limitsGiveWayStepByStepAndAMarketOrderEndsTheChase() {
    exitsTryLimitsFirst(2);
    PositionWorkflow position = stage.start();
    stage.price("4.00");

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().attempt() + " " + order.pricing())
        .containsExactly(
            "1 " + new OrderPricing.Limit(Price.parse("4.00"), false),
            "2 " + new OrderPricing.Limit(Price.parse("3.80"), false),
            "3 " + new OrderPricing.Market());
    assertThat(world.submissions).extracting("quantity").containsOnly(Stage.TEN);
    assertThat(world.orderStatuses())
        .as("each limit was cancelled before the next order")
        .containsExactly(OrderStatus.CANCELED, OrderStatus.CANCELED, OrderStatus.FILLED);
    assertThat(outcome.reason()).contains(ExitReason.STOP);
    assertThat(outcome.averageExit()).contains(Price.parse("4"));
  }

  @Test
  void theNextLimitIsPricedFromTheNewQuote() {
    exitsTryLimitsFirst(3);
    world.whenCancelled(() -> stage.price("3.50"));
    PositionWorkflow position = stage.start();
    stage.price("4.00");

    stage.awaitEnd(position);

    assertThat(world.submissions.get(1).pricing())
        .as("5% below the new bid, rounded to the cent away from it")
        .isEqualTo(new OrderPricing.Limit(Price.parse("3.32"), false));
  }

  @Test
  void withoutAQuoteAMarketOrderIsSentAndNotCancelledAsIfItWereALimit() {
    exitsTryLimitsFirst(2);
    world.exitsSeeNoQuote = true;
    world.fillsAtOnce = false;
    PositionWorkflow position = stage.start();
    stage.price("4.00");
    stage.pass(Duration.ofMinutes(3));

    assertThat(world.submissions)
        .singleElement()
        .extracting("pricing")
        .isEqualTo(new OrderPricing.Market());
    assertThat(world.orderStatuses()).containsExactly(OrderStatus.WORKING);
    world.fillEverything();
    stage.awaitEnd(position);
  }

  @Test
  void aLimitThatFillsDuringItsCancelIsNotFollowedByAnotherOrder() {
    exitsTryLimitsFirst(2);
    world.fillDuringCancels(Stage.TEN);
    PositionWorkflow position = stage.start();
    stage.price("4.00");

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(world.submissions).hasSize(1);
    assertThat(outcome.realised()).hasToString("-800 USD");
  }

  @Test
  @DisplayName("incident 17: partial fills over several attempts make the profit, at their prices")
  void partialFillsOfSeveralAttemptsAddUp() {
    exitsTryLimitsFirst(2);
    world.fillDuringCancels(Quantity.of(3), Quantity.of(5));
    world.whenCancelled(() -> stage.price("3.00"));
    PositionWorkflow position = stage.start();
    stage.price("4.00");

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.quantity().toString())
        .as("never more than what is still held")
        .containsExactly("10", "7", "2");
    assertThat(world.held).isEqualTo(Quantity.ZERO);
    assertThat(outcome.averageExit()).contains(Price.parse("3.3"));
    assertThat(outcome.realised()).hasToString("-1500 USD");
    PositionState end = stage.ledger.recorded.orElseThrow();
    assertThat(end.closed()).isEqualTo(Stage.TEN);
    assertThat(end.fills()).hasSize(3);
  }

  @Test
  void anOrderThatTheBrokerEndsIsFollowedByOneForTheRest() {
    world.fillsAtOnce = false;
    PositionWorkflow position = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    world.fillPart(Quantity.of(4));
    stage.pass(Duration.ofSeconds(5));
    assertThat(position.state().held())
        .as("what an open order has filled is booked when it ends")
        .isEqualTo(Stage.TEN);
    stage.price("4.60");
    world.fillPart(Quantity.of(1));
    world.ordersEnd(OrderStatus.EXPIRED);
    stage.pass(Duration.ofSeconds(5));
    assertThat(position.state().held()).isEqualTo(Quantity.of(5));
    world.fillEverything();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().attempt() + "/" + order.quantity())
        .containsExactly("1/10", "2/5");
    assertThat(outcome.realised())
        .as("4 at 4.80, 6 at 4.60, entered at 4.80")
        .hasToString("-120 USD");
  }

  @Test
  @DisplayName("incident 3: an exit is clamped to what is held, also when that shrinks meanwhile")
  void anExitNeverExceedsWhatIsHeld() {
    world.fillsAtOnce = false;
    PositionWorkflow position = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    world.ordersEnd(OrderStatus.CANCELED);
    world.closeElsewhere(Quantity.of(7), Price.parse("5"));
    stage.pass(Duration.ofSeconds(5));
    world.fillEverything();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.quantity().toString())
        .containsExactly("10", "3");
    assertThat(outcome.realised()).as("7 at 5.00, 3 at 4.80").hasToString("140 USD");
  }

  @ParameterizedTest
  @EnumSource(
      value = Refusal.Kind.class,
      names = {"HELD_BY_ORDERS", "RATE_LIMITED", "MARKET_CLOSED"})
  void aRefusalThatTimeMendsIsTriedAgainUnderTheSameIdWithoutAnAlert(Refusal.Kind kind) {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(Life.refused(kind), Life.refused(kind));
    stage.requestClose();

    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);

    assertThat(stage.ledger.alerts).isEmpty();
    assertThat(world.submissions).hasSize(3);
    assertThat(world.submissions).extracting("clientOrderId").containsOnly(firstId());
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.ORDER_REFUSED)
        .hasSize(2);
  }

  @Test
  void aRefusalThatNeedsAPersonIsTriedAgainRarelyAndToldOnce() {
    PositionWorkflow position = stage.start();
    SubmitOutcome no = Life.refused(Refusal.Kind.NEEDS_A_PERSON);
    world.answerNextSubmissionWith(no, no, no, no, no, no, no, no);
    stage.requestClose();
    stage.pass(Duration.ofMinutes(10));

    PositionState state = position.state();
    assertThat(state.phase()).isEqualTo(Phase.EXITING);
    assertThat(state.exit().orElseThrow().obstacle().orElse("")).contains("NEEDS_A_PERSON");
    assertThat(world.submissions).hasSizeBetween(3, 6);
    assertThat(stage.ledger.alerts).extracting("key").containsOnly("exit-refused/" + Stage.ID);
    int before = world.submissions.size();
    position.resume(new ResumeCommand("r-1", "ann"));
    stage.pass(Duration.ofSeconds(1));
    assertThat(world.submissions)
        .as("resume tries a hindered exit again at once")
        .hasSize(before + 1);
  }

  @Test
  @DisplayName("incident 6: refused because nothing is held, the fill that closed it is looked for")
  void notHeldIsReconciled() {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(Life.refused(Refusal.Kind.NOT_HELD));
    world.whenSubmitted(() -> world.closeElsewhere(Stage.TEN, Price.parse("5.10")));
    stage.requestClose();

    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.averageExit()).contains(Price.parse("5.1"));
    assertThat(world.submissions).hasSize(1);
    assertThat(stage.ledger.alerts).isEmpty();
  }

  @Test
  @DisplayName("incident 5: an unknown outcome whose order is found later makes no second order")
  void unknownThenFound() {
    world.loseAnswers = true;
    world.fillsAtOnce = false;
    PositionWorkflow position = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    assertThat(position.state().exit().flatMap(ExitProgress::order)).isPresent();
    world.fillEverything();

    stage.awaitEnd(position);

    assertThat(world.submissions).hasSize(1);
    assertThat(stage.ledger.events.values())
        .extracting(PositionEvent::type)
        .containsSubsequence(
            PositionEvent.Type.OUTCOME_UNKNOWN,
            PositionEvent.Type.ORDER_SENT,
            PositionEvent.Type.FILLED);
  }

  @Test
  @DisplayName("incident 5: an unknown outcome with nothing found goes again under the same id")
  void unknownThenNotFound() {
    PositionWorkflow position = stage.start();
    world.answerNextSubmissionWith(
        new SubmitOutcome.Unknown("timeout"), new SubmitOutcome.Unknown("timeout"));
    stage.requestClose();

    stage.awaitEnd(position);

    assertThat(world.submissions).hasSize(3);
    assertThat(world.submissions).extracting("clientOrderId").containsOnly(firstId());
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void anOrderFoundDeadAfterAnUnknownOutcomeIsFollowedByTheNextAttempt() {
    world.loseAnswers = true;
    world.fillsAtOnce = false;
    world.whenSubmitted(
        () -> {
          world.ordersEnd(OrderStatus.CANCELED);
          world.whenSubmitted(() -> {});
          world.fillsAtOnce = true;
        });
    PositionWorkflow position = stage.start();
    stage.requestClose();

    stage.awaitEnd(position);

    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().attempt())
        .containsExactly(1, 2);
  }

  @Test
  void anOrderThatTheExchangeRejectsIsToldAndTriedAgain() {
    world.fillsAtOnce = false;
    PositionWorkflow position = stage.start();
    stage.requestClose();
    stage.pass(Duration.ofSeconds(5));
    world.fillsAtOnce = true;
    world.ordersEnd(OrderStatus.REJECTED);

    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);

    assertThat(stage.ledger.alerts).extracting("key").containsExactly("exit-rejected/" + Stage.ID);
    assertThat(world.submissions).hasSize(2);
  }

  private Object firstId() {
    return world.submissions.getFirst().clientOrderId();
  }

  private void exitsTryLimitsFirst(int steps) {
    stage.ledger.earlierLife = Optional.of(Life.rememberedPlan(Life.limitThenMarket(steps)));
    world.limitsRest = true;
  }

  @Test
  @DisplayName("an exit that cannot read the broker says so within two minutes, and goes on")
  void anExitThatCannotReadTheBrokerSaysSo() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(1));
    world.exitsUnreadable = Optional.of("positions: HTTP 500");
    stage.requestClose();
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().exit().orElseThrow().obstacle())
        .contains("cannot go on: positions: HTTP 500");
    assertThat(stage.ledger.alerts)
        .extracting(alert -> alert.key())
        .containsOnly("stuck/" + Stage.ID);
    CloseAnswer answer =
        position.close(new CloseCommand("c-2", Optional.empty(), "ann", Optional.empty()));
    assertThat(answer.done()).isFalse();
    assertThat(answer.message()).startsWith("not closed yet; in the way: cannot go on");
    world.exitsUnreadable = Optional.empty();
    assertThat(stage.awaitEnd(position).phase()).isEqualTo(Phase.CLOSED);
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  @DisplayName("incident 20: of another's fills no more is booked than is missing")
  void noMoreIsBookedThanIsMissing() {
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(1));
    world.closeElsewhere(Quantity.of(1), Price.parse("5.00"));
    world.tellMoreOfTheLastFill(Quantity.of(11));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().held()).isEqualTo(Quantity.of(9));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    stage.requestClose();
    stage.awaitEnd(position);
    assertThat(world.submissions.getLast().quantity()).isEqualTo(Quantity.of(9));
  }
}
