package org.positionmanager.workflows.rules;

import java.time.LocalDate;
import java.util.List;

/**
 * Levels that count from a number of days to expiry on: the one with the fewest days that has come
 * is in force.
 */
record DteSteps(RuleKind kind, LocalDate expiry, List<DteStep> steps) implements BoundRule {
  /** In force from so many days to expiry on, fewer included. */
  record DteStep(int dteAtMost, Threshold level) {}

  @Override
  public RuleTrace judge(Sight sight) {
    long dte = Days.to(expiry, sight.seen().moment());
    for (DteStep step : steps) {
      if (dte <= step.dteAtMost()) {
        return step.level().judge(sight);
      }
    }
    return RuleTrace.of(kind, Verdict.SKIPPED, Reading.NONE, sight.now(), Why.EXPIRY_FAR_AWAY);
  }
}
