package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Levels that count from a number of days to expiry on: the one with the fewest days that has come
 * is in force.
 */
record DteSteps(RuleKind kind, LocalDate expiry, List<DteStep> steps) implements BoundRule {
  /** In force from so many days to expiry on, fewer included. */
  record DteStep(int dteAtMost, Threshold level) {
    /**
     * @param gain in percent of the entry
     */
    static DteStep at(
        int dteAtMost, Percent gain, Threshold.Side side, RuleKind kind, Basis basis) {
      return new DteStep(dteAtMost, new Threshold(kind, Level.AtGain.of(basis, gain), side, basis));
    }
  }

  @Override
  public RuleTrace judge(Sight sight) {
    Threshold level = inForce(Days.to(expiry, sight.seen().moment()));
    return level == null
        ? RuleTrace.of(kind, Verdict.SKIPPED, Reading.NONE, sight.now(), Why.EXPIRY_FAR_AWAY)
        : level.judge(sight);
  }

  @Override
  public Optional<Price> level(Instant now) {
    return Optional.ofNullable(inForce(Days.to(expiry, now))).flatMap(level -> level.level(now));
  }

  private Threshold inForce(long dte) {
    for (DteStep step : steps) {
      if (dte <= step.dteAtMost()) {
        return step.level();
      }
    }
    return null;
  }
}
