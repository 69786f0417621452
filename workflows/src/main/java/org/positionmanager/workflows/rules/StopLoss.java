package org.positionmanager.workflows.rules;

import java.util.function.UnaryOperator;

/**
 * Ends a loss: fires when the mid touches the stop or goes beyond it (long: mid &lt;= level; short:
 * mid &gt;= level). Level in US dollars of the instrument held; default -60% of the premium for
 * options, the stored level or -2% for stocks. Waits for a minimum hold.
 *
 * <p>Source: the replaced system's values.
 *
 * <p>Example: a premium of 5.00 with -60% fires from 2.00 down.
 *
 * @param at where the stop lies: a price, a gain in percent of the entry, or average true ranges
 */
public record StopLoss(Level at) implements ExitRule {
  /**
   * @throws IllegalArgumentException if it is not given
   */
  public StopLoss {
    Checks.requireGiven("at", at);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.STOP;
  }

  @Override
  public ExitRule withLevels(UnaryOperator<Level> change) {
    return new StopLoss(change.apply(at));
  }

  @Override
  public BoundRule bind(Basis basis) {
    return Levels.bind(kind(), at, Threshold.Side.AT_OR_WORSE, basis);
  }
}
