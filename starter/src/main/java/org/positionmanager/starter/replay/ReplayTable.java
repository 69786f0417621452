package org.positionmanager.starter.replay;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.replay.Excursion;
import org.positionmanager.workflows.replay.ReplayExit;
import org.positionmanager.workflows.replay.ReplayResult;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Percent;

/** The table for people: a row for each plan, in it a line for each exit and for what is open. */
final class ReplayTable {
  private static final int CENTS = 2;

  private final ReplayReport report;

  private ReplayTable(ReplayReport report) {
    this.report = report;
  }

  static String of(ReplayReport report) {
    return new ReplayTable(report).text();
  }

  private String text() {
    return new Table<Outcome>()
        .words("plan", Outcome::name)
        .words("exit", lines(this::when, open -> "-"))
        .words("rule", lines(ReplayExit::rule, ReplayTable::whyOpen))
        .number("qty", lines(exit -> exit.quantity().toString(), open -> open.open().toString()))
        .number("price", lines(exit -> exit.price().toString(), open -> open.mark().toString()))
        .number("P&L USD", it -> profit(it.result()), it -> Tone.of(it.result().profit().amount()))
        .number("MFE", it -> excursion(it.result().best()))
        .number("MAE", it -> excursion(it.result().worst()))
        .number("held", it -> NewYork.span(it.result().held()))
        .of(report.outcomes());
  }

  private String when(ReplayExit exit) {
    return report.moment(exit.filledAt());
  }

  /** A line for each exit, then one for what was left. */
  private static Function<Outcome, String> lines(
      Function<ReplayExit, String> exit, Function<ReplayResult, String> open) {
    return outcome -> {
      ReplayResult result = outcome.result();
      List<String> lines =
          result.exits().stream().map(exit).collect(Collectors.toCollection(ArrayList::new));
      if (!result.open().isZero()) {
        lines.add(open.apply(result));
      }
      return String.join("\n", lines);
    };
  }

  private static String whyOpen(ReplayResult result) {
    return result
        .unfilled()
        .map(exit -> exit.rule() + ", no quote to fill it")
        .orElse("still open");
  }

  private static String profit(ReplayResult result) {
    return inBrackets(result.profit(), result.gain());
  }

  private static String excursion(Excursion excursion) {
    return inBrackets(excursion.amount(), excursion.percent());
  }

  private static String inBrackets(Money money, Percent percent) {
    Money cents = new Money(money.amount().setScale(CENTS, RoundingMode.HALF_EVEN));
    return "%s (%s)".formatted(cents.amount().toPlainString(), percent.rounded());
  }
}
