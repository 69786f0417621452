package org.positionmanager.workflows.rules;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;

/**
 * Keeps more of the best gain the larger it was: fires when the mid falls to {@code entry + keep x
 * (peak - entry)} or beyond, with the share of the highest step whose gain the peak has reached.
 * Gains are in percent of the entry; below the first step it does nothing. The level never loosens,
 * because the share does not fall from step to step.
 *
 * <p>Source: the replaced system designed it with 70% from +20%, 80% from +40% and 85% from +60%,
 * and never built it.
 *
 * <p>Example: entry 5.00, peak 7.00 (+40%): fires from 6.60 down.
 *
 * @param steps with growing gains
 */
public record TrailingLadder(List<Step> steps) implements ExitRule {
  /**
   * @param gain peak gain in percent of the entry from which on it counts, above 0%
   * @param keep share of the peak gain that is kept, above 0% and at most 100%
   */
  public record Step(Percent gain, Percent keep) {
    public Step {
      if (Checks.requireGiven("gain", gain).points().signum() <= 0) {
        throw new IllegalArgumentException("gain must be above 0%, got: " + gain);
      }
      Checks.requireShare("keep", keep);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is out of order
   */
  public TrailingLadder {
    steps = Checks.growing("steps", steps, "gain", Step::gain);
    Checks.requireNotFalling("steps", steps, "keep", Step::keep);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TRAILING_LADDER;
  }

  @Override
  public BoundRule bind(Basis basis) {
    Optional<Step> reached =
        steps.reversed().stream().filter(it -> Trailing.isActive(basis, it.gain())).findFirst();
    return reached
        .<BoundRule>map(
            step ->
                new Threshold(
                    kind(),
                    Trailing.keeping(basis, step.keep()),
                    Threshold.Side.AT_OR_WORSE,
                    basis))
        .orElseGet(() -> new Constant(kind(), Verdict.HELD, Why.NOT_ACTIVE_YET));
  }
}
