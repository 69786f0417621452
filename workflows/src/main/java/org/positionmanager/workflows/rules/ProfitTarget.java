package org.positionmanager.workflows.rules;

import java.util.function.UnaryOperator;

/**
 * Takes the profit: fires when the mid touches the target or goes beyond it (long: mid &gt;= level;
 * short: mid &lt;= level). Level in US dollars of the instrument held; default +80% of the premium
 * for options, the stored level or +3% for stocks. Waits for a minimum hold.
 *
 * <p>Source: the replaced system's values.
 *
 * <p>Example: a premium of 5.00 with +80% fires from 9.00.
 *
 * @param at where the target lies: a price, a gain in percent of the entry, or average true ranges
 */
public record ProfitTarget(Level at) implements ExitRule {
  /**
   * @throws IllegalArgumentException if it is not given
   */
  public ProfitTarget {
    Checks.requireGiven("at", at);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.TARGET;
  }

  @Override
  public ExitRule withLevels(UnaryOperator<Level> change) {
    return new ProfitTarget(change.apply(at));
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Levels.bind(kind(), at, Threshold.Side.AT_OR_BETTER, basis);
  }
}
