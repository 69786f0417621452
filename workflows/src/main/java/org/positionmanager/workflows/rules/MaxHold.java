package org.positionmanager.workflows.rules;

import java.time.Duration;

/**
 * Ends what has been held long enough: fires from {@code filledAt + longest} on, exchange time.
 * Default: the row's {@code max_hold_minutes}, else 240 minutes for day trades and 360 for others.
 *
 * <p>Source: the replaced system, which held positions for 20 hours instead of 4.
 *
 * <p>Example: filled at 10:00 with 240 minutes, it fires at 14:00.
 *
 * @param longest above zero
 */
public record MaxHold(Duration longest) implements ExitRule {
  /**
   * @throws IllegalArgumentException if not above zero
   */
  public MaxHold {
    Checks.requireAboveZero("maxHold", longest);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.MAX_HOLD;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Deadline(kind(), basis.filledAt().plus(longest));
  }
}
