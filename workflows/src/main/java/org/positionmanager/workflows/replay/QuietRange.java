package org.positionmanager.workflows.replay;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Price;

/**
 * Within it a quote tells nothing worth recording: {@link QuoteThinning#next} would keep none and
 * remember no more than that quote. Found out by a few comparisons, for who judges many quotes a
 * second.
 */
public final class QuietRange {
  private final List<Verdict> verdicts;
  private final Instant until;
  private final Price lowest;
  private final Price highest;
  private final Optional<BigDecimal> below;
  private final Optional<BigDecimal> above;

  /**
   * @param verdicts of the rules, as they are to stay
   * @param until exclusive
   * @param lowest so far, inclusive
   * @param highest so far, inclusive
   * @param last mid of the last quote kept
   * @param move away from it that is worth keeping; empty where a move is kept no more
   */
  QuietRange(
      List<Verdict> verdicts,
      Instant until,
      Price lowest,
      Price highest,
      Price last,
      Optional<BigDecimal> move) {
    this.verdicts = verdicts;
    this.until = until;
    this.lowest = lowest;
    this.highest = highest;
    below = move.map(by -> last.value().subtract(by));
    above = move.map(by -> last.value().add(by));
  }

  /**
   * Whether a quote lies within.
   *
   * @param seenAt exchange time of the look, not before the one that came last
   * @param usable whether rules could judge it
   */
  public boolean holds(Instant seenAt, Price mid, boolean usable, Basis basis, Decision decision) {
    return seenAt.isBefore(until)
        && (!usable || mid.compareTo(highest) <= 0 && mid.compareTo(lowest) >= 0)
        && (above.isEmpty() || mid.value().compareTo(above.get()) < 0)
        && (below.isEmpty() || mid.value().compareTo(below.get()) > 0)
        && basis.track().streaks().isEmpty()
        && answersAsBefore(decision.trace());
  }

  private boolean answersAsBefore(List<RuleTrace> trace) {
    if (trace.size() != verdicts.size()) {
      return false;
    }
    for (int i = 0; i < verdicts.size(); i++) {
      if (trace.get(i).verdict() != verdicts.get(i)) {
        return false;
      }
    }
    return true;
  }
}
