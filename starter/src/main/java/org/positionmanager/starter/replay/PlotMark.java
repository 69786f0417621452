package org.positionmanager.starter.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.replay.Opening;
import org.positionmanager.workflows.replay.ReplayExit;
import org.positionmanager.workflows.replay.ReplayResult;

/**
 * A labelled point of a plot: the entry, an exit, or where a position was still open at the end.
 *
 * @param outcomes whose it is: plans that do the same share it; none for the entry
 * @param profit by which it is coloured; zero for the entry
 * @param closing whether it closed something
 */
record PlotMark(
    List<Outcome> outcomes,
    Instant at,
    double price,
    String label,
    BigDecimal profit,
    boolean closing) {
  /** What a plan did at a point. */
  private record Deed(Instant at, double price, String what, BigDecimal profit, boolean closing) {}

  /** The entry first, then the plans'. */
  static List<PlotMark> of(ReplayReport report) {
    Opening opening = report.opening();
    Map<Deed, List<Outcome>> deeds = new LinkedHashMap<>();
    for (Outcome outcome : report.outcomes()) {
      deeds(outcome)
          .forEach(deed -> deeds.computeIfAbsent(deed, key -> new ArrayList<>()).add(outcome));
    }
    List<PlotMark> marks = new ArrayList<>();
    marks.add(
        new PlotMark(
            List.of(),
            opening.at(),
            PriceScale.number(opening.entry()),
            "entry " + opening.entry(),
            BigDecimal.ZERO,
            false));
    deeds.forEach((deed, by) -> marks.add(mark(report, deed, by)));
    return marks;
  }

  private static PlotMark mark(ReplayReport report, Deed deed, List<Outcome> by) {
    String plans =
        report.outcomes().size() == 1
            ? ""
            : String.join(", ", by.stream().map(Outcome::name).toList()) + ": ";
    return new PlotMark(
        List.copyOf(by),
        deed.at(),
        deed.price(),
        plans + deed.what(),
        deed.profit(),
        deed.closing());
  }

  private static List<Deed> deeds(Outcome outcome) {
    ReplayResult result = outcome.result();
    List<Deed> deeds = new ArrayList<>();
    for (ReplayExit exit : result.exits()) {
      deeds.add(
          new Deed(
              exit.filledAt(),
              PriceScale.number(exit.price()),
              exit.rule() + " " + exit.price(),
              exit.profit().amount(),
              true));
    }
    if (!result.open().isZero()) {
      deeds.add(
          new Deed(
              result.opening().at().plus(result.held()),
              PriceScale.number(result.mark()),
              "still open " + result.mark(),
              result.unrealised().amount(),
              false));
    }
    return deeds;
  }
}
