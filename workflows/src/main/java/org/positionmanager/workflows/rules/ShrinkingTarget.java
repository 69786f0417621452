package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Is content with less the longer it holds: fires when the mid touches the gain of the last step
 * whose time has come, or goes beyond (long: mid &gt;= level; short: mid &lt;= level). Times are
 * exchange time since the fill, gains in percent of the entry. Waits for a minimum hold.
 *
 * <p>Source: freqtrade's table of minimal return on investment.
 *
 * <p>Example: 80% at once, 40% from 60 minutes, 0% from 240: entered at 5.00, it fires from 9.00 in
 * the first hour, from 7.00 until the fourth, and from 5.00 after it.
 *
 * @param steps with growing times; the gain does not grow with them
 */
public record ShrinkingTarget(List<Step> steps) implements ExitRule {
  /**
   * @param from exchange time since the fill, zero or more
   * @param gain in percent of the entry
   */
  public record Step(Duration from, Percent gain) {
    public Step {
      Checks.requireNotNegative("from", from);
      Checks.requireGiven("gain", gain);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is out of order
   */
  public ShrinkingTarget {
    steps = Checks.growing("steps", steps, "from", Step::from);
    Checks.requireNotGrowing("steps", steps, "gain", Step::gain);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.SHRINKING_TARGET;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Bound(
        steps.stream()
            .map(
                step ->
                    new BoundStep(
                        new Deadline(kind(), basis.filledAt().plus(step.from())),
                        new Threshold(
                            kind(),
                            Level.AtGain.of(basis, step.gain()),
                            Threshold.Side.AT_OR_BETTER,
                            basis)))
            .toList());
  }

  private record BoundStep(Deadline from, Threshold target) {}

  private record Bound(List<BoundStep> steps) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      BoundStep step = inForce(sight.time());
      return step == null ? steps.getFirst().from().notCome(sight) : step.target().judge(sight);
    }

    private BoundStep inForce(Instant now) {
      for (int i = steps.size() - 1; i >= 0; i--) {
        if (steps.get(i).from().hasCome(now)) {
          return steps.get(i);
        }
      }
      return null;
    }

    @Override
    public Optional<Price> level(Instant now) {
      return Optional.ofNullable(inForce(now)).flatMap(step -> step.target().level(now));
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return steps.stream().flatMap(step -> step.from().nextChange(seen).stream()).findFirst();
    }
  }
}
