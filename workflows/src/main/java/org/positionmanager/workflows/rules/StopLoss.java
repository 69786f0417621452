package org.positionmanager.workflows.rules;

import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * Ends a loss: fires when the mid touches the stop or goes beyond it (long: mid <= level; short:
 * mid >= level). Level in US dollars of the instrument held; default -60% of the premium for
 * options, the stored level or -2% for stocks (the replaced system's values).
 *
 * <p>Example: a premium of 5.00 with -60% fires from 2.00 down.
 */
public record StopLoss(Level at) implements ExitRule {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.STOP;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return PriceRules.atOrWorse(name(), at.priceFor(sight.basis()), sight, "stop");
  }

  @Override
  public Optional<Price> level(Basis basis) {
    return Optional.of(at.priceFor(basis));
  }

  @Override
  public boolean waitsForMinimumHold() {
    return true;
  }
}
