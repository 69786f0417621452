package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.value.Price;

/**
 * The stop that a minimum hold does not forbid: while the position is younger than the minimum
 * hold, fires when the mid touches the level or goes beyond it. The hold itself suppresses what
 * {@link RuleKind#waitsForMinimumHold()} until {@code filledAt + minimumHold}, exchange time; at
 * that moment it is over. Default: -50% of the premium during the first 30 minutes.
 *
 * <p>Source: the replaced system meant it so, and it never fired there.
 *
 * <p>Example: a premium of 5.00 fires at 2.50 in the 29th minute and not in the 30th.
 *
 * @param at where the stop lies
 * @param minimumHold the hold during which it applies, above zero
 */
public record CatastrophicStop(Level at, Duration minimumHold) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public CatastrophicStop {
    Checks.requireGiven("at", at);
    Checks.requireAboveZero("minimumHold", minimumHold);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.CATASTROPHIC_STOP;
  }

  /** When the minimum hold is over. */
  Instant end(Basis basis) {
    return basis.filledAt().plus(minimumHold);
  }

  @Override
  public ExitRule withLevels(UnaryOperator<Level> change) {
    return new CatastrophicStop(change.apply(at), minimumHold);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Bound(
        Levels.bind(kind(), at, Threshold.Side.AT_OR_WORSE, basis),
        new Deadline(kind(), end(basis)));
  }

  private record Bound(BoundRule stop, Deadline end) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      return end.hasCome(sight.time())
          ? RuleTrace.of(
              RuleKind.CATASTROPHIC_STOP,
              Verdict.SKIPPED,
              Reading.NONE,
              sight.now(),
              Why.MINIMUM_HOLD_OVER)
          : stop.judge(sight);
    }

    @Override
    public Optional<Price> level(Instant now) {
      return end.hasCome(now) ? Optional.empty() : stop.level(now);
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return end.nextChange(seen);
    }
  }
}
