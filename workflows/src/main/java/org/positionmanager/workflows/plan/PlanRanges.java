package org.positionmanager.workflows.plan;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
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
import org.positionmanager.workflows.value.Price;

/** Average true ranges of the levels in plans: which are missing, and how they get there. */
public final class PlanRanges {
  private PlanRanges() {}

  /** Says what the average true range over so many daily bars is; empty where nobody knows. */
  @FunctionalInterface
  public interface Source {
    /**
     * @param days 1 to 250
     */
    Optional<Price> over(int days);
  }

  /** Over how many days ranges are missing in a plan and its shadow, in growing order. */
  public static Set<Integer> missing(ChosenPlan chosen) {
    Set<Integer> days = new TreeSet<>();
    read(
        chosen,
        over -> {
          days.add(over);
          return Optional.empty();
        });
    return days;
  }

  /** The plans with the ranges that a source has; where it has none, the level stays unknown. */
  public static ChosenPlan read(ChosenPlan chosen, Source ranges) {
    return new ChosenPlan(
        read(chosen.plan(), ranges), chosen.shadow().map(shadow -> read(shadow, ranges)));
  }

  private static Plan read(Plan plan, Source ranges) {
    return new Plan(
        plan.version(),
        plan.name(),
        plan.rules().stream().map(rule -> read(rule, ranges)).toList(),
        plan.style(),
        plan.reviewEvery(),
        plan.sight());
  }

  private static ExitRule read(ExitRule rule, Source ranges) {
    return switch (rule) {
      case CatastrophicStop(Level at, var hold) -> new CatastrophicStop(read(at, ranges), hold);
      case StopLoss(Level at) -> new StopLoss(read(at, ranges));
      case ProfitTarget(Level at) -> new ProfitTarget(read(at, ranges));
      case Confirmed(ExitRule inner, var by) -> new Confirmed(read(inner, ranges), by);
      case AssignmentGuard _,
          BreakEven _,
          DayTradeClose _,
          DteLadder _,
          Expiry _,
          ExpiryCutOff _,
          GradedClose _,
          MaxHold _,
          OvernightCheck _,
          PartialExit _,
          RollProposal _,
          ShrinkingTarget _,
          ThetaDecay _,
          TimeStop _,
          TrailingAmount _,
          TrailingLadder _,
          TrailingPercent _,
          TrailingStop _,
          UnderlyingStop _ ->
          rule;
    };
  }

  private static Level read(Level level, Source ranges) {
    return switch (level) {
      case Level.AtRange range when range.range().isEmpty() ->
          ranges
              .over(range.days())
              .<Level>map(
                  read -> new Level.AtRange(range.ranges(), range.days(), Optional.of(read)))
              .orElse(range);
      case Level.AtRange _, Level.AtPrice _, Level.AtGain _ -> level;
    };
  }
}
