package org.positionmanager.workflows.rules;

import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.UnderlyingPrice;

/**
 * Ends an option position by its underlying: fires when the mid of the underlying's quote touches
 * the level or goes beyond it, against the position. Who holds a call or has sold a put is harmed
 * by a fall (underlying &lt;= level), who holds a put or has sold a call by a rise (underlying
 * &gt;= level). The level has a type of its own, so that it is never compared with a premium.
 * Without a usable quote of the underlying it is unknown.
 *
 * <p>Source: the replaced system compared such levels with premiums, which closed positions within
 * minutes.
 *
 * <p>Example: a long call with a level of 395 fires from 395.00 down.
 *
 * @param at a level of the underlying, in US dollars per share
 */
public record UnderlyingStop(UnderlyingPrice at) implements ExitRule {
  /**
   * @throws IllegalArgumentException if it is not given
   */
  public UnderlyingStop {
    Checks.requireGiven("at", at);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.UNDERLYING_STOP;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return switch (basis.instrument()) {
      case OptionContract contract -> {
        Direction harmed = gainsFrom(contract, basis.direction());
        yield sight ->
            UnderlyingLevel.judge(
                kind(), sight, at, harmed, Why.LEVEL_REACHED, Why.LEVEL_NOT_REACHED);
      }
      case Stock stock -> new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
    };
  }

  /** LONG where the position gains when the underlying rises. */
  private static Direction gainsFrom(OptionContract contract, Direction held) {
    boolean rises = (contract.right() == OptionContract.Right.CALL) == (held == Direction.LONG);
    return rises ? Direction.LONG : Direction.SHORT;
  }
}
