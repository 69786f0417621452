package org.positionmanager.benchmarks;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.DteLadder;
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

/** A plan for options that has a rule of every kind. */
final class EveryRule {
  private EveryRule() {}

  static Plan plan() {
    return new Plan(
        1,
        List.of(
            new CatastrophicStop(gain(-50), Duration.ofMinutes(30)),
            new Expiry(Duration.ofHours(24)),
            new ExpiryCutOff(0, LocalTime.of(15, 0)),
            new AssignmentGuard(0, LocalTime.of(15, 0), Percent.of(1)),
            new DayTradeClose(Duration.ofMinutes(5)),
            new GradedClose(
                List.of(
                    new GradedClose.Stage(Duration.ofMinutes(90), Optional.of(Percent.of(-20))),
                    new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))),
            new OvernightCheck(
                List.of(new OvernightCheck.Stage(Duration.ofMinutes(60), 2)),
                3,
                Percent.of(10),
                Percent.of(5)),
            new MaxHold(Duration.ofMinutes(360)),
            new StopLoss(gain(-60)),
            new UnderlyingStop(UnderlyingPrice.parse("120")),
            new BreakEven(Percent.of(10), Percent.of(0)),
            new TrailingStop(Percent.of(50), Percent.of(5)),
            new TrailingPercent(Percent.of(10), Percent.of(0)),
            new TrailingAmount(Price.parse("0.75"), Percent.of(0)),
            new TrailingLadder(List.of(new TrailingLadder.Step(Percent.of(20), Percent.of(70)))),
            new ThetaDecay(List.of(new ThetaDecay.Step(1, Percent.of(10)))),
            new TimeStop(Duration.ofMinutes(240), Percent.of(5)),
            new ProfitTarget(gain(80)),
            new ShrinkingTarget(
                List.of(
                    new ShrinkingTarget.Step(Duration.ZERO, Percent.of(80)),
                    new ShrinkingTarget.Step(Duration.ofMinutes(60), Percent.of(40)))),
            new DteLadder(List.of(new DteLadder.Step(7, Percent.of(0)))),
            new PartialExit(
                List.of(
                    new PartialExit.Stage(Percent.of(50), Percent.of(50)),
                    new PartialExit.Stage(Percent.of(75), Percent.of(25)))),
            new RollProposal(21, Percent.of(-10), 30)),
        new ExitStyle.MarketNow(),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5));
  }

  private static Level gain(int percent) {
    return new Level.AtGain(Percent.of(percent));
  }
}
