package org.positionmanager.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.DteLadder;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.ExpiryCutOff;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.ShrinkingTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Average true ranges are put in where a level is made of them, and nowhere else. */
class PlanRangesTest {
  private static final Price READ = Price.parse("1.50");

  @Test
  void everyLevelThatIsMadeOfARangeIsAskedForOnceAndFilledIn() {
    Plan plan =
        plan(
            new CatastrophicStop(ranges("-4", 20), Duration.ofMinutes(30)),
            new StopLoss(ranges("-2", 14)),
            new Confirmed(new ProfitTarget(ranges("3", 14)), new Confirmation.Quotes(2)));
    ChosenPlan chosen = new ChosenPlan(plan, Optional.of(plan(new StopLoss(ranges("-1", 5)))));
    assertThat(PlanRanges.missing(chosen)).containsExactly(5, 14, 20);

    ChosenPlan read = PlanRanges.read(chosen, days -> Optional.of(READ));

    assertThat(PlanRanges.missing(read)).isEmpty();
    assertThat(read.plan().rules())
        .contains(new StopLoss(new Level.AtRange(new BigDecimal("-2"), 14, Optional.of(READ))));
    assertThat(read.plan().version()).isEqualTo(plan.version());
  }

  @Test
  void whatCannotBeReadStaysUnknownAndWhatWasReadStays() {
    Level known = new Level.AtRange(new BigDecimal("3"), 14, Optional.of(READ));
    Plan plan = plan(new StopLoss(ranges("-2", 14)), new ProfitTarget(known));
    ChosenPlan chosen = new ChosenPlan(plan, Optional.empty());
    assertThat(PlanRanges.read(chosen, days -> Optional.empty())).isEqualTo(chosen);
    assertThat(PlanRanges.read(chosen, days -> Optional.of(Price.parse("9"))).plan().rules())
        .contains(new ProfitTarget(known));
  }

  @Test
  void rulesWithoutSuchLevelsStayAsTheyAre() {
    Plan plan =
        plan(
            new Expiry(Duration.ofHours(24)),
            new ExpiryCutOff(0, LocalTime.of(15, 0)),
            new AssignmentGuard(1, LocalTime.NOON, percent(1)),
            new DayTradeClose(Duration.ofMinutes(5)),
            new GradedClose(
                List.of(new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))),
            new OvernightCheck(
                List.of(new OvernightCheck.Stage(Duration.ofMinutes(60), 2)),
                3,
                percent(10),
                percent(5)),
            new MaxHold(Duration.ofHours(4)),
            new StopLoss(new Level.AtPrice(READ)),
            new UnderlyingStop(UnderlyingPrice.parse("395")),
            new BreakEven(percent(10), percent(0)),
            new TrailingStop(percent(75)),
            new TrailingPercent(percent(10), percent(0)),
            new TrailingAmount(READ, percent(0)),
            new TrailingLadder(List.of(new TrailingLadder.Step(percent(20), percent(70)))),
            new ThetaDecay(List.of(new ThetaDecay.Step(1, percent(10)))),
            new TimeStop(Duration.ofHours(4), percent(5)),
            new ProfitTarget(new Level.AtGain(percent(80))),
            new ShrinkingTarget(List.of(new ShrinkingTarget.Step(Duration.ZERO, percent(80)))),
            new DteLadder(List.of(new DteLadder.Step(21, percent(25)))),
            new PartialExit(List.of(new PartialExit.Stage(percent(50), percent(50)))),
            new RollProposal(21, percent(-10), 30));
    ChosenPlan chosen = new ChosenPlan(plan, Optional.empty());
    assertThat(PlanRanges.missing(chosen)).isEmpty();
    assertThat(PlanRanges.read(chosen, days -> Optional.of(READ))).isEqualTo(chosen);
  }

  private static Level ranges(String many, int days) {
    return new Level.AtRange(new BigDecimal(many), days, Optional.empty());
  }

  private static Percent percent(long points) {
    return Percent.of(points);
  }

  private static Plan plan(ExitRule... rules) {
    return new Plan(
        1, List.of(rules), new ExitStyle.MarketNow(), Duration.ofMinutes(1), Duration.ofMinutes(5));
  }
}
