package org.positionmanager.starter.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.positionmanager.starter.replay.ReplayReport.Outcome;
import org.positionmanager.workflows.rules.RuleKind;

/**
 * A level as pictures draw it: of one plan, or of several whose rule lies in the same place.
 *
 * @param lines by whose they are, in the report's order
 */
record DrawnLevel(String rule, Map<Outcome, LevelLine> lines) {
  /** What makes two plans' levels one: the rule, and where and when it begins. */
  private record Key(String rule, LevelLine.Step first) {
    private static Key of(LevelLine line) {
      LevelLine.Step first = line.steps().getFirst();
      return new Key(line.rule(), new LevelLine.Step(first.from(), first.from(), first.level()));
    }
  }

  /** All levels of a report. */
  static List<DrawnLevel> of(ReplayReport report) {
    Map<Key, DrawnLevel> levels = new LinkedHashMap<>();
    for (Outcome outcome : report.outcomes()) {
      for (LevelLine line : LevelLine.of(outcome.result())) {
        levels
            .computeIfAbsent(
                Key.of(line), key -> new DrawnLevel(line.rule(), new LinkedHashMap<>()))
            .lines()
            .put(outcome, line);
      }
    }
    return new ArrayList<>(levels.values());
  }

  /** Whether reaching it closes nothing. */
  boolean isProposal() {
    return rule.equals(RuleKind.ROLL_PROPOSAL.label());
  }

  /** The one that lasts longest. */
  LevelLine longest() {
    return lines.values().stream()
        .reduce(
            (one, other) ->
                other.steps().getLast().until().isAfter(one.steps().getLast().until())
                    ? other
                    : one)
        .orElseThrow();
  }

  /** Rule and price, the price where it does not move, and the plans where not all have it. */
  String label(ReplayReport report) {
    List<Double> levels = longest().steps().stream().map(LevelLine.Step::level).distinct().toList();
    String price = levels.size() == 1 ? String.format(Locale.ROOT, " %.2f", levels.getFirst()) : "";
    String plans =
        lines.size() == report.outcomes().size()
            ? ""
            : " (" + String.join(", ", lines.keySet().stream().map(Outcome::name).toList()) + ")";
    return rule + price + plans + (isProposal() ? ", closes nothing" : "");
  }
}
