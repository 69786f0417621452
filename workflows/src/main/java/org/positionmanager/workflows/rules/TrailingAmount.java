package org.positionmanager.workflows.rules;

import java.util.function.UnaryOperator;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * Follows the peak at a distance in dollars: fires when the mid touches {@code peak - distance} or
 * goes beyond (short: {@code peak + distance}, where the peak is the lowest mid), once the peak
 * gain was at least {@code activation}. With an activation of 0% it counts from the entry on and is
 * a stop as well.
 *
 * <p>Source: brokers' trailing stops in dollars.
 *
 * <p>Example: peak 13.00, distance 0.75: fires from 12.25 down.
 *
 * @param distance US dollars of the instrument held, above zero
 * @param activation peak gain in percent of the entry from which on it counts, 0% or more
 */
public record TrailingAmount(Price distance, Percent activation) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public TrailingAmount {
    if (Checks.requireGiven("distance", distance).isZero()) {
      throw new IllegalArgumentException("distance must be above zero, got: " + distance);
    }
    activation = activation == null ? Percent.of(0) : activation;
    Checks.requireNotNegative("activation", activation);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TRAILING_AMOUNT;
  }

  @Override
  public ExitRule withPrices(UnaryOperator<Price> change) {
    return new TrailingAmount(change.apply(distance), activation);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Trailing.bind(kind(), basis, activation, Trailing.behindPeak(basis, distance.value()));
  }
}
