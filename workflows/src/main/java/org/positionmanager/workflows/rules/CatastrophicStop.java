package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * The stop that a minimum hold does not forbid: while the position is younger than the minimum
 * hold, fires when the mid touches the level or goes beyond it. Default: -50% of the premium during
 * the first 30 minutes (the replaced system meant it so, and it never fired there).
 *
 * @param minimumHold the hold during which it applies and target and stop wait
 */
public record CatastrophicStop(Level at, java.time.Duration minimumHold) implements ExitRule {
  @Override
  public String name() {
    return "catastrophic stop";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.CATASTROPHIC_STOP;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    if (!isWithin(sight.basis(), sight.seen())) {
      return new RuleTrace(
          name(),
          Verdict.SKIPPED,
          PriceRules.shown(at.priceFor(sight.basis()), sight.basis()),
          sight.seen().moment().now().toString(),
          "the minimum hold is over");
    }
    return PriceRules.atOrWorse(
        name(), at.priceFor(sight.basis()), sight, "loss that overrides the minimum hold");
  }

  @Override
  public Optional<Price> level(Basis basis) {
    return Optional.of(at.priceFor(basis));
  }

  @Override
  public Optional<Instant> nextChange(Basis basis, Observation seen) {
    return Optional.of(end(basis)).filter(seen.moment().now()::isBefore);
  }

  /** Whether the minimum hold still runs; at its end moment it does not. */
  boolean isWithin(Basis basis, Observation seen) {
    return seen.moment().now().isBefore(end(basis));
  }

  Instant end(Basis basis) {
    return basis.filledAt().plus(minimumHold);
  }
}
