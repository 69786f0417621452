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

  /**
   * The table.
   *
   * @param width beyond which excursions are told in percent only, one below the other
   */
  static String of(ReplayReport report, int width) {
    ReplayTable table = new ReplayTable(report);
    String wide = table.wide();
    return wide.lines().allMatch(line -> line.length() <= width) ? wide : table.narrow();
  }

  private Table<Outcome> exits() {
    return new Table<Outcome>()
        .words("plan", Outcome::name)
        .words("exit", lines(this::when, open -> "-"))
        .words("rule", lines(ReplayExit::rule, ReplayTable::whyOpen))
        .number("qty", lines(exit -> exit.quantity().toString(), open -> open.open().toString()))
        .number("price", lines(exit -> exit.price().toString(), open -> open.mark().toString()));
  }

  private String wide() {
    return exits()
        .number("P&L USD", it -> profit(it.result(), " "), ReplayTable::tone)
        .number("MFE", it -> excursion(it.result().best()))
        .number("MAE", it -> excursion(it.result().worst()))
        .number("held", it -> NewYork.span(it.result().held()))
        .of(report.outcomes());
  }

  private String narrow() {
    return exits()
        .number("P&L USD", it -> profit(it.result(), "\n"), ReplayTable::tone)
        .number(
            "MFE MAE",
            it ->
                it.result().best().percent().rounded()
                    + "\n"
                    + it.result().worst().percent().rounded())
        .number("held", it -> NewYork.span(it.result().held()))
        .of(report.outcomes());
  }

  private static Tone tone(Outcome outcome) {
    return Tone.of(outcome.result().profit().amount());
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

  private static String profit(ReplayResult result, String between) {
    return inBrackets(result.profit(), between, result.gain());
  }

  private static String excursion(Excursion excursion) {
    return inBrackets(excursion.amount(), " ", excursion.percent());
  }

  private static String inBrackets(Money money, String between, Percent percent) {
    Money cents = new Money(money.amount().setScale(CENTS, RoundingMode.HALF_EVEN));
    return "%s%s(%s)".formatted(cents.amount().toPlainString(), between, percent.rounded());
  }
}
