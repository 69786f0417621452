package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;

/** What rules that only wait for a moment have in common. */
final class TimeRules {
  private TimeRules() {}

  /** Fires at the moment itself and after it. */
  static RuleTrace from(String rule, Instant due, Observation seen, String what) {
    Instant now = seen.moment().now();
    boolean fired = !now.isBefore(due);
    return new RuleTrace(
        rule,
        fired ? Verdict.FIRED : Verdict.HELD,
        due.toString(),
        now.toString(),
        what + (fired ? " has come" : " has not come yet"));
  }

  static RuleTrace skipped(String rule, Observation seen, String why) {
    return new RuleTrace(rule, Verdict.SKIPPED, "", seen.moment().now().toString(), why);
  }

  static Optional<Instant> ifAhead(Instant due, Observation seen) {
    return seen.moment().now().isBefore(due) ? Optional.of(due) : Optional.empty();
  }
}
