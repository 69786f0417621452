package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A moment before a contract expires.
 *
 * @param fixed the moment by the clock, where there is one; what comes first counts
 * @param beforeExpiry how long before the close of the expiry day's session at the latest
 */
record ExpiryMoment(RuleKind kind, Optional<Instant> fixed, Duration beforeExpiry)
    implements BoundRule {
  @Override
  public RuleTrace judge(Sight sight) {
    Optional<Deadline> due = deadline(sight.seen());
    return due.isPresent()
        ? due.get().judge(sight)
        : RuleTrace.of(kind, Verdict.UNKNOWN, Reading.NONE, sight.now(), Why.EXPIRY_UNKNOWN);
  }

  /** Empty where the close of the expiry day is not known, nor another moment. */
  private Optional<Deadline> deadline(Observation seen) {
    Optional<Instant> latest = seen.expiresAt().map(expiry -> expiry.minus(beforeExpiry));
    if (fixed.isPresent() && (latest.isEmpty() || fixed.get().isBefore(latest.get()))) {
      return Optional.of(new Deadline(kind, fixed.get()));
    }
    return latest.map(moment -> new Deadline(kind, moment));
  }

  @Override
  public Optional<Instant> nextChange(Observation seen) {
    return deadline(seen).flatMap(due -> due.nextChange(seen));
  }
}
