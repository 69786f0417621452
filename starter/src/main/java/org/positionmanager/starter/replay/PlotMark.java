package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.ReplayExit;
import org.positionmanager.workflows.replay.ReplayResult;

/**
 * A labelled point of a plot: the entry, an exit, or where a position was still open at the end.
 *
 * @param outcome whose it is; empty for the entry
 * @param profit by which it is coloured; zero for the entry
 * @param closing whether it closed something
 */
record PlotMark(
    Optional<Outcome> outcome,
    Instant at,
    double price,
    String label,
    BigDecimal profit,
    boolean closing) {
  /** The entry first, then each plan's. */
  static List<PlotMark> of(ReplayReport report) {
    Opening opening = report.opening();
    List<PlotMark> marks = new ArrayList<>();
    marks.add(
        new PlotMark(
            Optional.empty(),
            opening.at(),
            PriceScale.number(opening.entry()),
            "entry " + opening.entry(),
            BigDecimal.ZERO,
            false));
    for (Outcome outcome : report.outcomes()) {
      String plan = report.outcomes().size() == 1 ? "" : outcome.name() + ": ";
      ReplayResult result = outcome.result();
      for (ReplayExit exit : result.exits()) {
        marks.add(
            new PlotMark(
                Optional.of(outcome),
                exit.filledAt(),
                PriceScale.number(exit.price()),
                plan + exit.rule() + " " + exit.price(),
                exit.profit().amount(),
                true));
      }
      if (!result.open().isZero()) {
        marks.add(
            new PlotMark(
                Optional.of(outcome),
                opening.at().plus(result.held()),
                PriceScale.number(result.mark()),
                plan + "still open " + result.mark(),
                result.unrealised().amount(),
                false));
      }
    }
    return marks;
  }
}
