package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends what has been held long enough: fires from {@code filledAt + longest} on, exchange time.
 * Default: the row's {@code max_hold_minutes}, else 240 minutes for day trades and 360 for others.
 */
public record MaxHold(Duration longest) implements ExitRule {
  /**
   * @throws IllegalArgumentException if not above zero
   */
  public MaxHold {
    if (!longest.isPositive()) {
      throw new IllegalArgumentException("maxHold must be above zero, got: " + longest);
    }
  }

  @Override
  public String name() {
    return "max hold";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.MAX_HOLD;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return TimeRules.from(
        name(), due(sight.basis()), sight.seen(), "the end of the longest holding time");
  }

  @Override
  public Optional<Instant> nextChange(Basis basis, Observation seen) {
    return TimeRules.ifAhead(due(basis), seen);
  }

  private Instant due(Basis basis) {
    return basis.filledAt().plus(longest);
  }
}
