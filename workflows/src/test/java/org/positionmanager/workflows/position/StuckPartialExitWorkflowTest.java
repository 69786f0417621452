package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** An exit of five of ten that the broker refuses; every history made here is replayed. */
@Timeout(60)
class StuckPartialExitWorkflowTest extends StagedTest {
  @BeforeEach
  void aPlanWithAPart() {
    Plan plan =
        new Plan(
            1,
            List.of(
                new StopLoss(new Level.AtPrice(Price.parse("4.00"))),
                new PartialExit(List.of(new PartialExit.Stage(Percent.of(50), Percent.of(50))))),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));
    world.planFile = (terms, basis) -> new ChosenPlan(plan, Optional.empty());
  }

  @Test
  void theStopClosesEverythingWithinAMinuteThoughThePartIsRefusedForHours() {
    PositionWorkflow position = refusedPart();
    stage.pass(Duration.ofHours(1));
    assertThat(sentQuantities()).containsOnly("5");
    stage.price("3.90");
    world.brokerAcceptsAgain();
    stage.pass(Duration.ofMinutes(1));

    PositionOutcome outcome = stage.awaitEnd(position);
    assertThat(outcome.reason()).contains(ExitReason.STOP);
    assertThat(sentQuantities().getLast()).isEqualTo("10");
    assertThat(world.ordersAtBroker()).as("one order, under one id").isOne();
    assertThat(world.submissions)
        .extracting(order -> order.clientOrderId().toString())
        .containsOnly("pm-NOW260220P00110000-00000000-0000-4000-8000-000000000001-1-1");
  }

  @Test
  void aPersonClosesEverythingThoughThePartIsRefused() {
    PositionWorkflow position = refusedPart();
    world.brokerAcceptsAgain();
    stage.requestClose();
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.MANUAL);
    assertThat(sentQuantities().getLast()).isEqualTo("10");
    assertThat(world.ordersAtBroker()).isOne();
  }

  @Test
  void whereTheRulesArePausedOnlyThePartGoesOn() {
    PositionWorkflow position = refusedPart();
    position.pause(new PauseCommand("p-1", "ann", "earnings"));
    stage.price("3.90");
    world.brokerAcceptsAgain();
    stage.pass(Duration.ofMinutes(3));
    assertThat(position.state().held()).isEqualTo(Quantity.of(5));
    assertThat(sentQuantities()).containsOnly("5");
  }

  @Test
  void withoutAReasonToCloseAllThePartAloneIsClosed() {
    PositionWorkflow position = refusedPart();
    world.brokerAcceptsAgain();
    stage.pass(Duration.ofMinutes(3));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().held()).isEqualTo(Quantity.of(5));
  }

  private PositionWorkflow refusedPart() {
    SubmitOutcome no =
        new SubmitOutcome.Refused(
            new Refusal(Refusal.Kind.NEEDS_A_PERSON, 403, 40310000, "restricted"));
    world.answerNextSubmissionWith(Collections.nCopies(200, no).toArray(new SubmitOutcome[0]));
    PositionWorkflow position = stage.start();
    stage.price("7.20");
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase()).isEqualTo(Phase.EXITING);
    return position;
  }

  private List<String> sentQuantities() {
    return world.submissions.stream().map(ExitOrder::quantity).map(Quantity::toString).toList();
  }
}
