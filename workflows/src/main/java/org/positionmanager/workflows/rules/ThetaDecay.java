package org.positionmanager.workflows.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;

/**
 * Lets go of bought options before the last days eat their time value: with at most so many days to
 * expiry, fires when the gain is smaller than the step's (mid &lt; level; at the level it holds).
 * The step with the fewest days that has come counts; days are calendar days, gains in percent of
 * the entry. Only for who is long: time works for who sold. Default: 1 day or less and below +10%,
 * 2 days and below 0%. Waits for a minimum hold.
 *
 * <p>Source: the replaced system's rule.
 *
 * <p>Example: a day before expiry a premium bought at 5.00 is closed at 5.49 and kept at 5.50.
 *
 * @param steps with growing days; the gain demanded does not grow with them
 */
public record ThetaDecay(List<Step> steps) implements ExitRule {
  /**
   * @param dteAtMost calendar days to expiry, 0 or more
   * @param gainBelow in percent of the entry
   */
  public record Step(int dteAtMost, Percent gainBelow) {
    public Step {
      Checks.requireNotNegative("dteAtMost", dteAtMost);
      Checks.requireGiven("gainBelow", gainBelow);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is out of order
   */
  public ThetaDecay {
    steps = Checks.growing("steps", steps, "dteAtMost", Step::dteAtMost);
    Checks.requireNotGrowing("steps", steps, "gainBelow", Step::gainBelow);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.THETA_DECAY;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    Optional<LocalDate> expiry = Days.expiryOf(basis.instrument());
    if (expiry.isEmpty()) {
      return new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
    }
    if (basis.direction() == Direction.SHORT) {
      return new Constant(kind(), Verdict.SKIPPED, Why.SOLD_OPTION);
    }
    return new DteSteps(
        kind(),
        expiry.get(),
        steps.stream()
            .map(
                step ->
                    DteSteps.DteStep.at(
                        step.dteAtMost(), step.gainBelow(), Threshold.Side.WORSE, kind(), basis))
            .toList());
  }
}
