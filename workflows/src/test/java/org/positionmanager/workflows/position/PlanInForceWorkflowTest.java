package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a plan of the plan file does to a position's life; every history made here is replayed. */
@Timeout(60)
class PlanInForceWorkflowTest extends StagedTest {
  private static final StopLoss STOP = new StopLoss(gain(-50));

  @Test
  void aPartialExitClosesItsPartAndTheRestGoesOn() {
    planFileHas(
        plan(
            STOP,
            new PartialExit(
                List.of(
                    new PartialExit.Stage(Percent.of(50), Percent.of(50)),
                    new PartialExit.Stage(Percent.of(75), Percent.of(25))))));
    PositionWorkflow position = stage.start();
    stage.price("7.20");
    stage.pass(Duration.ofMinutes(2));

    assertThat(position.state().held()).isEqualTo(Quantity.of(5));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(position.state().exitReason()).contains(ExitReason.PARTIAL_TARGET);
    stage.pass(Duration.ofMinutes(3));
    assertThat(world.ordersAtBroker()).as("the same gain closes no more").isOne();

    stage.price("8.40");
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().held()).as("7.5 of ten, rounded down").isEqualTo(Quantity.of(3));

    stage.price("2.40");
    PositionOutcome outcome = stage.awaitEnd(position);
    assertThat(outcome.reason()).contains(ExitReason.STOP);
    assertThat(outcome.realised())
        .as("5 at 7.20, 2 at 8.40 and 3 at 2.40, entered at 4.80")
        .hasToString("1200 USD");
    assertThat(world.ordersAtBroker()).isEqualTo(3);
  }

  @Test
  @DisplayName(
      "incident 14: a price that stays unknown is told once, and the latest trade protects")
  void aPriceThatStaysUnknownIsToldAndTheLatestTradeProtects() {
    planFileHas(plan(STOP, new ProfitTarget(gain(80))));
    PositionWorkflow position = stage.start();
    world.noQuote = true;
    stage.pass(Duration.ofMinutes(5));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(alertsAbout("blind/")).as("told once").hasSize(1);
    assertThat(alertsAbout("blind/").getFirst().message()).contains("stops cannot be judged");

    world.lastTrade = Optional.of(new Trade(Price.parse("9.90"), now()));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase())
        .as("no target is taken by a trade")
        .isEqualTo(Phase.PROTECTED);

    world.lastTrade = Optional.of(new Trade(Price.parse("2.40"), now()));
    PositionOutcome outcome = stage.awaitEnd(position);
    assertThat(outcome.reason()).contains(ExitReason.STOP);
  }

  @Test
  void theLatestTradeIsAskedForOnlyWhileQuotesAreUnusable() {
    planFileHas(plan(STOP));
    stage.start();
    stage.pass(Duration.ofMinutes(3));
    assertThat(world.asked)
        .allSatisfy(extras -> assertThat(extras).doesNotContain(Extra.LAST_TRADE));
    world.noQuote = true;
    stage.pass(Duration.ofMinutes(3));
    assertThat(world.asked.getLast()).contains(Extra.LAST_TRADE);
    world.noQuote = false;
    stage.pass(Duration.ofMinutes(3));
    assertThat(world.asked.getLast()).doesNotContain(Extra.LAST_TRADE);
  }

  @Test
  void aRollIsProposedOnceAndNothingIsSold() {
    planFileHas(plan(STOP, new RollProposal(365, Percent.of(-10), 30)));
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(10));
    assertThat(alertsAbout("proposal/"))
        .singleElement()
        .satisfies(
            alert -> assertThat(alert.message()).contains("same strike, expiry about 2026-03-22"));
    assertThat(world.submissions).isEmpty();
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
  }

  @Test
  @DisplayName("a price that goes to and fro around its level proposes a roll once")
  void aPriceAroundItsLevelProposesARollOnce() {
    planFileHas(plan(STOP, new RollProposal(365, Percent.of(-10), 30)));
    PositionWorkflow position = stage.start();
    for (int i = 0; i < 3; i++) {
      stage.price("4.00");
      stage.pass(Duration.ofMinutes(2));
      stage.price("4.80");
      stage.pass(Duration.ofMinutes(2));
    }
    assertThat(alertsAbout("proposal/")).hasSize(1);
    assertThat(position.state().lastDecision().orElseThrow().proposals()).hasSize(1);
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.PROPOSED)
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "incident 10: a fixed stop above the premium is left out and told, and closes nothing")
  void aFixedPriceOnTheWrongSideIsLeftOut() {
    planFileHas(
        plan(
            new StopLoss(new Level.AtPrice(Price.parse("395"))),
            new ProfitTarget(new Level.AtPrice(Price.parse("5")))));
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(5));
    assertThat(world.submissions).isEmpty();
    assertThat(position.state().plan().orElseThrow().rules())
        .containsExactly(new ProfitTarget(new Level.AtPrice(Price.parse("5"))));
    assertThat(alertsAbout("plan/level/"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
              assertThat(alert.message())
                  .isEqualTo(
                      "stop 395 of a LONG position filled at 4.8 would close it at once: the rule is"
                          + " left out");
            });
    stage.price("5.00");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.TARGET);
  }

  @Test
  void aShadowPlanIsRecordedAndNeverActedOn() {
    Plan shadow =
        new Plan(
            1,
            Optional.of("tight"),
            List.of(new StopLoss(gain(-10))),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            PriceSight.of(Duration.ofMinutes(5)));
    world.planFile = (terms, basis) -> new ChosenPlan(plan(STOP), Optional.of(shadow));
    PositionWorkflow position = stage.start();
    stage.price("4.32");
    stage.pass(Duration.ofMinutes(3));

    Shadow beside = position.state().shadow().orElseThrow();
    assertThat(beside.isOver()).isTrue();
    assertThat(beside.exits())
        .singleElement()
        .satisfies(
            exit -> {
              assertThat(exit.reason()).isEqualTo(ExitReason.STOP);
              assertThat(exit.quantity()).isEqualTo(Stage.TEN);
              assertThat(exit.price()).contains(Price.parse("4.32"));
            });
    assertThat(beside.profit()).hasToString("-480 USD");
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(world.submissions).isEmpty();
    assertThat(stage.ledger.events.values())
        .filteredOn(event -> event.type() == PositionEvent.Type.SHADOW_EXIT)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.text())
                    .isEqualTo("shadow plan tight would have closed 10 at 4.32: stop"));
    assertThat(position.story()).contains("tight", "would have closed 10 at 4.32");
  }

  @Test
  void aPlanFileThatCannotBeReadLeavesThePositionProtectedByTheBuiltInRules() {
    world.planFile =
        (terms, basis) -> {
          throw ApplicationFailure.newFailure("no such plan", "PLAN_FILE");
        };
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofSeconds(30));
    assertThat(position.state().phase()).isEqualTo(Phase.PROTECTED);
    assertThat(alertsAbout("plan/"))
        .singleElement()
        .satisfies(alert -> assertThat(alert.message()).contains("no such plan"));
    stage.pass(Duration.ofMinutes(31));
    stage.price("1.90");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  void aRangeThatCouldNotBeReadAtTheFillIsReadLater() {
    Level twoRanges = new Level.AtRange(new BigDecimal("-2"), 14, Optional.empty());
    planFileHas(plan(new StopLoss(twoRanges)));
    PositionWorkflow position = stage.start();
    stage.price("4.00");
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().lastDecision().orElseThrow())
        .isInstanceOfSatisfying(
            Decision.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("average true range is not known"));

    world.range = Optional.of(Price.parse("0.40"));
    PositionOutcome outcome = stage.awaitEnd(position);

    assertThat(outcome.reason()).as("4.80 less twice 0.40 is 4.00").contains(ExitReason.STOP);
  }

  @Test
  void theQuotesThatItWasJudgedByAreRecordedThinned() {
    planFileHas(plan(STOP));
    PositionWorkflow position = stage.start();
    for (String price : List.of("4.90", "5.00", "5.00", "4.95", "4.60")) {
      stage.price(price);
      stage.pass(Duration.ofMinutes(1));
    }
    stage.price("2.40");
    stage.awaitEnd(position);
    assertThat(stage.ledger.quotes)
        .extracting(kept -> kept.seen().quote().bid().toString())
        .contains("4.8", "4.9", "5", "4.6", "2.4")
        .as("the first and the last")
        .startsWith("4.8")
        .endsWith("2.4");
  }

  private PositionWorkflow startedWithoutThePlanFile() {
    world.planFile =
        (terms, basis) -> {
          throw ApplicationFailure.newFailure("overloaded", "UNAVAILABLE");
        };
    PositionWorkflow position = stage.start();
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().standIn()).isTrue();
    assertThat(position.state().plan().orElseThrow().version()).isOne();
    assertThat(alertsAbout("plan/")).hasSize(1);
    return position;
  }

  @Test
  @DisplayName("a plan that could not be had at the fill replaces the rules that stood in for it")
  void thePlanIsAskedForAgain() {
    PositionWorkflow position = startedWithoutThePlanFile();
    planFileHas(plan(STOP, new ProfitTarget(gain(300))));
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().standIn()).isFalse();
    Plan plan = position.state().plan().orElseThrow();
    assertThat(plan.version()).isEqualTo(2);
    assertThat(plan.rules()).containsExactly(STOP, new ProfitTarget(gain(300)));
    assertThat(alertsAbout("plan/").getLast().message()).startsWith("plan version 2 is in force");

    stage.price("9.60");
    stage.pass(Duration.ofMinutes(2));
    assertThat(position.state().phase())
        .as("doubled, and no target yet")
        .isEqualTo(Phase.PROTECTED);
    stage.price("2.40");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  @Test
  @DisplayName("rules that stood in when the workflow was lost are replaced in its next life")
  void aRebuiltLifeAsksAgainToo() {
    PositionWorkflow first = startedWithoutThePlanFile();
    stage.lose(first);
    planFileHas(plan(STOP));
    PositionWorkflow rebuilt = stage.start();
    stage.pass(Duration.ofMinutes(3));
    assertThat(rebuilt.state().plan().orElseThrow().rules()).containsExactly(STOP);
    assertThat(rebuilt.state().standIn()).isFalse();
  }

  @Test
  @DisplayName("rules that a person has adjusted meanwhile stay")
  void adjustedRulesStay() {
    PositionWorkflow position = startedWithoutThePlanFile();
    position.adjust(
        new AdjustCommand(
            "a-1",
            new PlanChange(
                Optional.of(Price.parse("3.00")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            "ann"));
    planFileHas(plan(STOP));
    stage.pass(Duration.ofMinutes(3));
    assertThat(position.state().plan().orElseThrow().version()).isEqualTo(2);
    assertThat(position.state().plan().orElseThrow().rules()).isNotEqualTo(List.of(STOP));
    stage.price("2.90");
    assertThat(stage.awaitEnd(position).reason()).contains(ExitReason.STOP);
  }

  private void planFileHas(Plan plan) {
    world.planFile = (terms, basis) -> new ChosenPlan(plan, Optional.empty());
  }

  private List<Alert> alertsAbout(String key) {
    return stage.ledger.alerts.stream().filter(alert -> alert.key().startsWith(key)).toList();
  }

  private Instant now() {
    return Instant.ofEpochMilli(stage.environment.currentTimeMillis());
  }

  private static Level gain(long percent) {
    return new Level.AtGain(Percent.of(percent));
  }

  private static Plan plan(ExitRule... rules) {
    return new Plan(
        1, List.of(rules), new ExitStyle.MarketNow(), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }
}
