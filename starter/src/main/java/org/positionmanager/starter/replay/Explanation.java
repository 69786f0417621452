package org.positionmanager.starter.replay;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.replay.LevelChange;
import org.positionmanager.workflows.replay.RuleAnswer;
import org.positionmanager.workflows.replay.TraceChange;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Price;

/**
 * Why a plan did what it did, and why not: every rule at first, then each change of an answer, and
 * moves of a level that follows the price.
 */
final class Explanation {
  private static final int LEAST_WORDS = 20;
  private static final String BETWEEN_COLUMNS = " | ";
  private static final String FULL_MINUTE = "(:..):00$";
  private static final String MOVED = "the level follows the best price";

  private final ReplayReport report;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, String> levels = new HashMap<>();
  private Optional<Instant> told = Optional.empty();

  /** A row; moment and price stand with the first of a moment only. */
  private record Line(
      String when, String mid, String rule, Verdict verdict, String level, String because) {}

  /** What rules that are told in one row have in common. */
  private record Alike(Verdict verdict, String because) {}

  private Explanation(ReplayReport report) {
    this.report = report;
  }

  /**
   * Tells.
   *
   * @param everyMove of a level, instead of those that are worth a line
   * @param width at which reasons go on in the next line, as far as they can
   */
  static String of(ReplayReport report, Outcome outcome, boolean everyMove, int width) {
    Explanation told = new Explanation(report);
    Deque<LevelChange> moves =
        new ArrayDeque<>(
            everyMove ? LevelMoves.all(outcome.result()) : LevelMoves.notable(outcome.result()));
    for (TraceChange change : outcome.result().changes()) {
      while (!moves.isEmpty() && moves.peek().at().isBefore(change.at())) {
        told.move(moves.remove());
      }
      told.change(change);
    }
    moves.forEach(told::move);
    return told.text(width);
  }

  private void move(LevelChange move) {
    line(
        move.at(),
        mid(move.mid()),
        move.rule(),
        Verdict.HELD,
        move.level().orElseThrow().toString(),
        MOVED);
    levels.put(move.rule(), move.level().orElseThrow().toString());
  }

  /** Rules that answer alike, and compare with what they did before, share a row. */
  private void change(TraceChange change) {
    boolean isFirst = lines.isEmpty();
    Map<Object, List<RuleAnswer>> rows = new LinkedHashMap<>();
    for (RuleAnswer rule : change.rules()) {
      boolean shares =
          !isFirst
              && (rule.verdict() == Verdict.UNKNOWN
                  || rule.verdict() == Verdict.HELD && isAsBefore(rule));
      Object row = shares ? new Alike(rule.verdict(), because(change, rule)) : rule.rule();
      rows.computeIfAbsent(row, key -> new ArrayList<>()).add(rule);
    }
    for (List<RuleAnswer> row : rows.values()) {
      RuleAnswer rule = row.getFirst();
      line(
          change.at(),
          mid(change.mid()),
          String.join(", ", row.stream().map(RuleAnswer::rule).toList()),
          rule.verdict(),
          row.size() > 1 ? "" : level(rule),
          because(change, rule));
    }
    change.rules().forEach(rule -> levels.put(rule.rule(), rule.level()));
  }

  private boolean isAsBefore(RuleAnswer rule) {
    return rule.level().equals(levels.get(rule.rule()));
  }

  private static String mid(Optional<Price> judged) {
    return judged.map(Price::toString).orElse("-");
  }

  private String level(RuleAnswer rule) {
    return Reading.parse(rule.level()) instanceof Reading.OfMoment(var at)
        ? report.moment(at).replaceFirst(FULL_MINUTE, "$1")
        : rule.level();
  }

  /** The reason, with what was observed where it is neither the price nor the moment of the row. */
  private static String because(TraceChange change, RuleAnswer rule) {
    boolean isElse =
        switch (Reading.parse(rule.observed())) {
          case Reading.OfPrice(Price price) -> !change.mid().map(price::equals).orElse(false);
          case Reading.OfUnderlying underlying -> true;
          case Reading.OfGain gain -> true;
          case Reading.OfMoment moment -> false;
          case Reading.Words words -> false;
        };
    return isElse ? "%s (%s)".formatted(rule.because(), rule.observed()) : rule.because();
  }

  private void line(
      Instant at, String mid, String rule, Verdict verdict, String level, String because) {
    boolean again = told.equals(Optional.of(at));
    told = Optional.of(at);
    lines.add(
        new Line(again ? "" : report.moment(at), again ? "" : mid, rule, verdict, level, because));
  }

  private String text(int width) {
    int others =
        widest(Line::when)
            + widest(Line::mid)
            + widest(line -> line.rule().split(",")[0])
            + widest(line -> line.verdict().name())
            + Math.max("level".length(), widest(Line::level))
            + 5 * BETWEEN_COLUMNS.length()
            + 2;
    return new Table<Line>(Math.max(LEAST_WORDS, width - others))
        .words("when", Line::when)
        .number("mid", Line::mid)
        .words("rule", Line::rule)
        .words("answer", line -> line.verdict().name(), line -> Tone.of(line.verdict()))
        .number("level", Line::level)
        .words("because", Line::because)
        .of(lines);
  }

  private int widest(Function<Line, String> column) {
    return lines.stream().map(column).mapToInt(String::length).max().orElse(0);
  }
}
