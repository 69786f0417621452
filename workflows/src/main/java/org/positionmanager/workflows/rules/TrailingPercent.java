package org.positionmanager.workflows.rules;

import java.math.MathContext;
import org.positionmanager.workflows.value.Percent;

/**
 * Follows the peak at a distance in percent of it: fires when the mid touches {@code peak x (1 -
 * distance)} or goes beyond (short: {@code peak x (1 + distance)}, where the peak is the lowest
 * mid), once the peak gain was at least {@code activation}. With an activation of 0% it counts from
 * the entry on and is a stop as well.
 *
 * <p>Source: freqtrade's and brokers' trailing stops.
 *
 * <p>Example: peak 120, distance 10%: fires from 108.00 down.
 *
 * @param distance of the peak, above 0% and at most 100%
 * @param activation peak gain in percent of the entry from which on it counts, 0% or more
 */
public record TrailingPercent(Percent distance, Percent activation) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public TrailingPercent {
    Checks.requireShare("distance", distance);
    activation = activation == null ? Percent.of(0) : activation;
    Checks.requireNotNegative("activation", activation);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TRAILING_PERCENT;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Trailing.bind(
        kind(),
        basis,
        activation,
        Trailing.behindPeak(
            basis, basis.peak().value().multiply(distance.asFraction(), MathContext.DECIMAL64)));
  }
}
