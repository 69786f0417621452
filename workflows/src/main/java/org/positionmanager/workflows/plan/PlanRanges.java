package org.positionmanager.workflows.plan;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.positionmanager.workflows.rules.Level;
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
        plan.rules().stream().map(rule -> rule.withLevels(level -> read(level, ranges))).toList(),
        plan.style(),
        plan.reviewEvery(),
        plan.sight());
  }

  private static Level read(Level level, Source ranges) {
    return switch (level) {
      case Level.AtRange range ->
          new Level.AtRange(
              range.ranges(), range.days(), range.range().or(() -> ranges.over(range.days())));
      case Level.AtPrice price -> price;
      case Level.AtGain gain -> gain;
    };
  }
}
