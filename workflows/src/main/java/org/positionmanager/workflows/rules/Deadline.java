package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;

/** A moment at which a rule fires, and after it. */
final class Deadline implements BoundRule {
  private final RuleKind kind;
  private final Instant due;
  private final Reading shown;

  Deadline(RuleKind kind, Instant due) {
    this.kind = kind;
    this.due = due;
    this.shown = new Reading.OfMoment(due);
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return hasCome(sight.time())
        ? RuleTrace.of(kind, Verdict.FIRED, shown, sight.now(), Why.MOMENT_HAS_COME)
        : notCome(sight);
  }

  /** What a rule answers that does not look at anything before its moment. */
  RuleTrace notCome(Sight sight) {
    return RuleTrace.of(kind, Verdict.HELD, shown, sight.now(), Why.MOMENT_NOT_COME);
  }

  boolean hasCome(Instant now) {
    return !now.isBefore(due);
  }

  @Override
  public Optional<Instant> nextChange(Observation seen) {
    return hasCome(seen.moment().now()) ? Optional.empty() : Optional.of(due);
  }
}
