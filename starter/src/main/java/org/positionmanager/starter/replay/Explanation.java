package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.List;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.replay.RuleAnswer;
import org.positionmanager.workflows.replay.TraceChange;

/** Why a plan did what it did, and why not: every rule at first, then each change of an answer. */
final class Explanation {
  private Explanation() {}

  /** A rule's answer; moment and price with the first of a change only. */
  private record Line(String when, String mid, RuleAnswer rule) {}

  static String of(ReplayReport report, Outcome outcome) {
    List<Line> lines = new ArrayList<>();
    for (TraceChange change : outcome.result().changes()) {
      for (RuleAnswer rule : change.rules()) {
        boolean first = rule == change.rules().getFirst();
        lines.add(
            new Line(
                first ? report.moment(change.at()) : "",
                first ? change.quote().map(it -> it.mid().toString()).orElse("-") : "",
                rule));
      }
    }
    return new Table<Line>()
        .words("when", Line::when)
        .number("mid", Line::mid)
        .words("rule", line -> line.rule().rule())
        .words(
            "answer", line -> line.rule().verdict().name(), line -> Tone.of(line.rule().verdict()))
        .number("level", line -> line.rule().level())
        .number("observed", line -> line.rule().observed())
        .words("because", line -> line.rule().because())
        .of(lines);
  }
}
