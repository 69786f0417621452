package org.positionmanager.workflows.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Price;

/** Keeps what changed from one answer to the next: standings and levels. */
final class TraceLog {
  private final List<TraceChange> changes = new ArrayList<>();
  private final List<LevelChange> levels = new ArrayList<>();
  private List<Judging.Answered> last = List.of();

  /**
   * @param usable the price that was judged
   */
  void add(
      Instant at, Optional<Quote> quote, Optional<Price> usable, List<Judging.Answered> trace) {
    List<RuleAnswer> changed = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      Judging.Answered now = trace.get(i);
      Optional<Judging.Answered> before =
          i < last.size() ? Optional.of(last.get(i)) : Optional.empty();
      if (before.map(it -> !it.standing().equals(now.standing())).orElse(true)) {
        changed.add(now.told().get());
      }
      Optional<Price> levelBefore = before.flatMap(TraceLog::levelInForce);
      if (!Objects.equals(levelBefore, levelInForce(now))) {
        levels.add(new LevelChange(now.rule(), at, levelInForce(now), usable));
      }
    }
    if (!changed.isEmpty()) {
      changes.add(new TraceChange(at, quote, usable, changed));
    }
    last = trace;
  }

  private static Optional<Price> levelInForce(Judging.Answered rule) {
    return rule.verdict() == Verdict.SKIPPED ? Optional.empty() : rule.level();
  }

  List<TraceChange> changes() {
    return changes;
  }

  List<LevelChange> levels() {
    return levels;
  }
}
