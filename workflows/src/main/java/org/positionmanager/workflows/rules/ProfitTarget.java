package org.positionmanager.workflows.rules;

import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/**
 * Takes the profit: fires when the mid touches the target or goes beyond it (long: mid >= level;
 * short: mid <= level). Level in US dollars of the instrument held; default +80% of the premium for
 * options, the stored level or +3% for stocks (the replaced system's values).
 *
 * <p>Example: a premium of 5.00 with +80% fires from 9.00.
 */
public record ProfitTarget(Level at) implements ExitRule {
  @Override
  public String name() {
    return "target";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.TARGET;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return PriceRules.atOrBetter(name(), at.priceFor(sight.basis()), sight, "target");
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
