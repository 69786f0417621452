package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.UnderlyingPrice;

/**
 * Keeps contracts from turning into shares: from a time of day in New York on, so many calendar
 * days before the expiry date, fires while the underlying is in the money or within a margin of the
 * strike (call: underlying &gt;= strike x (1 - margin); put: underlying &lt;= strike x (1 +
 * margin)). Judged on the mid of the underlying's quote; without one it is unknown.
 *
 * <p>Source: Alpaca exercises longs that are in the money by $0.01, and shorts can be assigned;
 * both leave a stock position.
 *
 * <p>Example: a call at 400, margin 1%, fires while the underlying is at 396 or above.
 *
 * @param daysBefore calendar days, 0 or more
 * @param from time of day in New York
 * @param margin of the strike, 0% or more
 */
public record AssignmentGuard(int daysBefore, LocalTime from, Percent margin) implements ExitRule {
  /**
   * @throws IllegalArgumentException naming the field
   */
  public AssignmentGuard {
    Checks.requireNotNegative("daysBefore", daysBefore);
    Checks.requireGiven("from", from);
    Checks.requireNotNegative("margin", margin);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.ASSIGNMENT_GUARD;
  }

  @Override
  public boolean appliesTo(Instrument instrument) {
    return Days.isOption(instrument);
  }

  @Override
  public BoundRule bind(Basis basis) {
    return switch (basis.instrument()) {
      case OptionContract contract ->
          new Bound(
              contract.right() == OptionContract.Right.CALL,
              nearest(contract),
              new Deadline(kind(), ExpiryCutOff.momentOn(contract, daysBefore, from)));
      case Stock stock -> new Constant(kind(), Verdict.SKIPPED, Why.DOES_NOT_EXPIRE);
    };
  }

  /** The level of the underlying at which the contract comes too near to the money. */
  private UnderlyingPrice nearest(OptionContract contract) {
    BigDecimal away = contract.strike().multiply(margin.asFraction());
    return new UnderlyingPrice(
        contract.right() == OptionContract.Right.CALL
            ? contract.strike().subtract(away).max(BigDecimal.ZERO)
            : contract.strike().add(away));
  }

  private record Bound(boolean isCall, UnderlyingPrice nearest, Deadline from)
      implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      if (!from.hasCome(sight.time())) {
        return from.notCome(sight);
      }
      return UnderlyingLevel.judge(
          RuleKind.ASSIGNMENT_GUARD,
          sight,
          nearest,
          isCall ? Direction.SHORT : Direction.LONG,
          Why.NEAR_THE_MONEY,
          Why.OUT_OF_THE_MONEY);
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return from.nextChange(seen);
    }
  }
}
