package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends options before they expire: fires from so long before the close of the expiry day's session
 * on, in exchange time from the exchange's calendar. Default 24 hours.
 */
public record Expiry(Duration beforeExpiry) implements ExitRule {
  @Override
  public String name() {
    return "expiry";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.EXPIRY;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return sight
        .seen()
        .expiresAt()
        .map(
            expiry ->
                TimeRules.from(
                    name(), expiry.minus(beforeExpiry), sight.seen(), "the last day before expiry"))
        .orElseGet(() -> TimeRules.skipped(name(), sight.seen(), "it does not expire"));
  }

  @Override
  public Optional<Instant> nextChange(Basis basis, Observation seen) {
    return seen.expiresAt().flatMap(expiry -> TimeRules.ifAhead(expiry.minus(beforeExpiry), seen));
  }
}
