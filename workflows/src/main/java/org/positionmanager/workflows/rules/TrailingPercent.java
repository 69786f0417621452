package org.positionmanager.workflows.rules;

import java.math.MathContext;
import java.util.List;
import org.positionmanager.workflows.value.Percent;

/**
 * Follows the peak at a distance in percent of it: fires when the mid touches {@code peak x (1 -
 * distance)} or goes beyond (short: {@code peak x (1 + distance)}, where the peak is the lowest
 * mid), once the peak gain was at least {@code activation}. With an activation of 0% it counts from
 * the entry on and is a stop as well. Once the peak gain has reached a step of {@code then}, the
 * step's smaller distance counts instead: wide at first, tight once enough was gained. The level
 * never loosens, because the distance does not grow.
 *
 * <p>Source: freqtrade's and brokers' trailing stops; the second distance is freqtrade's positive
 * offset.
 *
 * <p>Example: peak 120, distance 10%: fires from 108.00 down; with {@code then} 3% from a gain of
 * 20% and entered at 100, from 116.40 down.
 *
 * @param distance of the peak, above 0% and at most 100%
 * @param activation peak gain in percent of the entry from which on it counts, 0% or more
 * @param then smaller distances from larger gains on, above the activation; may be empty
 */
public record TrailingPercent(Percent distance, Percent activation, List<Tighter> then)
    implements ExitRule {
  /**
   * @param gain peak gain in percent of the entry from which on it counts, at it included
   * @param distance of the peak, above 0%
   */
  public record Tighter(Percent gain, Percent distance) {
    public Tighter {
      Checks.requireGiven("gain", gain);
      Checks.requireShare("distance", distance);
    }
  }

  /**
   * @throws IllegalArgumentException naming the field
   */
  public TrailingPercent {
    Checks.requireShare("distance", distance);
    activation = activation == null ? Percent.of(0) : activation;
    Checks.requireNotNegative("activation", activation);
    then = then == null || then.isEmpty() ? List.of() : tighter(distance, activation, then);
  }

  /** At one distance. */
  public TrailingPercent(Percent distance, Percent activation) {
    this(distance, activation, List.of());
  }

  private static List<Tighter> tighter(Percent distance, Percent activation, List<Tighter> then) {
    List<Tighter> steps = Checks.growing("then", then, "gain", Tighter::gain);
    Checks.requireNotGrowing("then", steps, "distance", Tighter::distance);
    Tighter first = steps.getFirst();
    if (first.gain().compareTo(activation) <= 0) {
      throw new IllegalArgumentException(
          "then: gain must be above activation %s, got: %s".formatted(activation, first.gain()));
    }
    if (first.distance().compareTo(distance) >= 0) {
      throw new IllegalArgumentException(
          "then: distance must be smaller than %s, got: %s".formatted(distance, first.distance()));
    }
    return steps;
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
            basis,
            basis.peak().value().multiply(inForce(basis).asFraction(), MathContext.DECIMAL64)));
  }

  private Percent inForce(Basis basis) {
    return then.reversed().stream()
        .filter(step -> Trailing.isActive(basis, step.gain()))
        .findFirst()
        .map(Tighter::distance)
        .orElse(distance);
  }
}
