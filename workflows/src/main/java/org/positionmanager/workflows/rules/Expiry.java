package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * Ends options before they expire: fires from so long before the close of the expiry day's session
 * on, in exchange time from the exchange's calendar. Default 24 hours.
 *
 * <p>Source: the replaced system, which took a fixed hour of UTC for the close.
 *
 * <p>Example: expiring at 16:00 in New York on a Friday, it fires from Thursday 16:00 on.
 *
 * @param beforeExpiry zero or more
 */
public record Expiry(Duration beforeExpiry) implements ExitRule {
  /**
   * @throws IllegalArgumentException if negative
   */
  public Expiry {
    Checks.requireNotNegative("beforeExpiry", beforeExpiry);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.EXPIRY;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Days.isOption(basis.instrument())
        ? new ExpiryMoment(kind(), Optional.empty(), beforeExpiry)
        : new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
  }
}
