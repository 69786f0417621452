package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Gives up what goes nowhere: from {@code filledAt + after} on, fires when the gain is smaller than
 * {@code gainBelow} (long: mid &lt; level; short: mid &gt; level; at the level it holds).
 *
 * <p>Source: the replaced system designed it with 240 minutes and 5%, and never built it.
 *
 * <p>Example: entered at 5.00 with 240 minutes and 5%: in the 240th minute it is closed at 5.24 and
 * kept at 5.25.
 *
 * @param after exchange time since the fill, above zero
 * @param gainBelow in percent of the entry
 */
public record TimeStop(Duration after, Percent gainBelow) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public TimeStop {
    Checks.requireAboveZero("after", after);
    Checks.requireGiven("gainBelow", gainBelow);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TIME_STOP;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Bound(
        new Deadline(kind(), basis.filledAt().plus(after)),
        new Threshold(kind(), Level.AtGain.of(basis, gainBelow), Threshold.Side.WORSE, basis));
  }

  private record Bound(Deadline from, Threshold tooLittle) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      return from.hasCome(sight.time()) ? tooLittle.judge(sight) : from.notCome(sight);
    }

    @Override
    public Optional<Price> level(Instant now) {
      return from.hasCome(now) ? tooLittle.level(now) : Optional.empty();
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return from.nextChange(seen);
    }
  }
}
