package org.positionmanager.starter.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.workflows.replay.LevelChange;
import org.positionmanager.workflows.replay.ReplayResult;

/** A rule's level as steps over time, up to the end of the position. */
record LevelLine(String rule, List<Step> steps) {
  /**
   * A level that did not move.
   *
   * @param until where the next begins, or the position ended
   */
  record Step(Instant from, Instant until, double level) {}

  /** One line for each rule that had a level. */
  static List<LevelLine> of(ReplayResult result) {
    Instant end = result.opening().at().plus(result.held());
    Map<String, List<LevelChange>> byRule = new LinkedHashMap<>();
    result
        .levels()
        .forEach(it -> byRule.computeIfAbsent(it.rule(), rule -> new ArrayList<>()).add(it));
    List<LevelLine> lines = new ArrayList<>();
    byRule.forEach(
        (rule, changes) -> {
          List<Step> steps = new ArrayList<>();
          for (int i = 0; i < changes.size(); i++) {
            LevelChange change = changes.get(i);
            Instant until = i + 1 < changes.size() ? changes.get(i + 1).at() : end;
            Optional<Double> level = change.level().map(PriceScale::number);
            level.ifPresent(it -> steps.add(new Step(change.at(), until, it)));
          }
          if (!steps.isEmpty()) {
            lines.add(new LevelLine(rule, List.copyOf(steps)));
          }
        });
    return lines;
  }
}
