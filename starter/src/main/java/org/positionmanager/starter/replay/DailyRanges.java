package org.positionmanager.starter.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.workflows.market.AverageTrueRange;
import org.positionmanager.workflows.market.DailyBar;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.ChosenPlan;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanRanges;
import org.positionmanager.workflows.replay.Bar;
import org.positionmanager.workflows.value.Price;

/**
 * The average true ranges that levels of plans are made of: one that is said, or made of daily bars
 * as a worker makes it.
 *
 * @param said the same for all numbers of days
 * @param daily the file's bars in order; empty where there is no file
 */
record DailyRanges(Optional<Price> said, Optional<List<DailyBar>> daily) {
  static final DailyRanges UNKNOWN = new DailyRanges(Optional.empty(), Optional.empty());

  /**
   * Reads a file of daily bars.
   *
   * @throws CommandException where it has anything else
   */
  static DailyRanges of(String option, Path file, boolean skipBad) throws IOException {
    List<DailyBar> bars = new ArrayList<>();
    try (PathRows rows = new PathRows(option, file, skipBad, new Days(option, bars))) {
      boolean more = true;
      while (more) {
        more = rows.next();
      }
      rows.end();
    }
    return new DailyRanges(Optional.empty(), Optional.of(List.copyOf(bars)));
  }

  private record Days(String option, List<DailyBar> bars) implements PathRows.Sink {
    @Override
    public void bar(Bar bar) {
      LocalDate date = NewYork.date(bar.at());
      if (!bars.isEmpty() && bars.getLast().date().equals(date)) {
        throw CommandException.badInput(
            "%s: there are two bars of %s; give a file of daily bars".formatted(option, date));
      }
      bars.add(new DailyBar(date, bar.high(), bar.low(), bar.close()));
    }

    @Override
    public void quote(Quote quote) {
      throw noBars();
    }

    @Override
    public void trade(Trade trade) {
      throw noBars();
    }

    private CommandException noBars() {
      return CommandException.badInput(option + ": give a file of daily bars, t,o,h,l,c");
    }
  }

  /**
   * A plan with the ranges that are known; by bars of the days before the entry only.
   *
   * @throws CommandException where the file has too few of them
   */
  Plan into(Plan plan, LocalDate entered) {
    ChosenPlan alone = new ChosenPlan(plan, Optional.empty());
    Set<Integer> missing = PlanRanges.missing(alone);
    if (missing.isEmpty()) {
      return plan;
    }
    int longest = missing.stream().mapToInt(Integer::intValue).max().orElseThrow();
    LocalDate from = entered.minusDays(AverageTrueRange.calendarDaysFor(longest));
    Optional<List<DailyBar>> before =
        daily.map(
            bars ->
                bars.stream()
                    .filter(it -> it.date().isBefore(entered) && !it.date().isBefore(from))
                    .toList());
    before
        .filter(bars -> bars.size() <= longest)
        .ifPresent(
            bars -> {
              throw CommandException.badInput(
                  "--daily: an average true range over %d days needs %d daily bars before %s, the file has %d"
                      .formatted(longest, longest + 1, entered, bars.size()));
            });
    return PlanRanges.read(
            alone, days -> said.or(() -> before.flatMap(bars -> AverageTrueRange.of(bars, days))))
        .plan();
  }
}
