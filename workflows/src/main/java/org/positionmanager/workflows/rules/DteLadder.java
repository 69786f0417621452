package org.positionmanager.workflows.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Percent;

/**
 * Is content with less the nearer expiry is: with at most so many days to expiry, fires when the
 * mid touches the step's gain or goes beyond (long: mid &gt;= level; short: mid &lt;= level). The
 * step with the fewest days that has come counts; days are calendar days, gains in percent of the
 * entry. A step of -100% closes a long whatever it is worth; what was sold can cost more than twice
 * its price, so the "close at 21 days" of who sells premium takes a step that no price is beyond,
 * such as -10000%. Waits for a minimum hold.
 *
 * <p>Source: the "close at 21 days" of who sells premium.
 *
 * <p>Example: +25% from 21 days, 0% from 7 days: a contract sold at 2.00 is bought back from 1.50
 * with 20 days left, and from 2.00 with 6.
 *
 * @param steps with growing days; the gain asked for does not fall with them
 */
public record DteLadder(List<Step> steps) implements ExitRule {
  /**
   * @param dteAtMost calendar days to expiry, 0 or more
   * @param gainAtLeast in percent of the entry
   */
  public record Step(int dteAtMost, Percent gainAtLeast) {
    public Step {
      Checks.requireNotNegative("dteAtMost", dteAtMost);
      Checks.requireGiven("gainAtLeast", gainAtLeast);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field that is out of order
   */
  public DteLadder {
    steps = Checks.growing("steps", steps, "dteAtMost", Step::dteAtMost);
    Checks.requireNotFalling("steps", steps, "gainAtLeast", Step::gainAtLeast);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.DTE_LADDER;
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
    return new DteSteps(
        kind(),
        expiry.get(),
        steps.stream()
            .map(
                step ->
                    DteSteps.DteStep.at(
                        step.dteAtMost(),
                        step.gainAtLeast(),
                        Threshold.Side.AT_OR_BETTER,
                        kind(),
                        basis))
            .toList());
  }
}
