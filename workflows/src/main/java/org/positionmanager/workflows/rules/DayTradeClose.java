package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps day trades from staying over night: fires from so long before the session's real close on,
 * early closes included. Default 5 minutes: 15:55 in New York on a normal day, 12:55 where the
 * market closes at 13:00.
 *
 * <p>Source: the replaced system's 15:55, without its fixed clock.
 *
 * <p>Example: with 5 minutes on 2026-11-27, when the market closes at 13:00, it fires from 12:55
 * on.
 *
 * @param beforeClose zero or more
 */
public record DayTradeClose(Duration beforeClose) implements ExitRule {
  /**
   * @throws IllegalArgumentException if negative
   */
  public DayTradeClose {
    Checks.requireNotNegative("beforeClose", beforeClose);
  }

  @Override
  public RuleKind kind() {
    return RuleKind.DAY_TRADE_CLOSE;
  }

  @Override
  public BoundRule bind(Basis basis) {
    return new Bound(beforeClose);
  }

  private record Bound(Duration beforeClose) implements BoundRule {
    @Override
    public RuleTrace judge(Sight sight) {
      Optional<Instant> due = BeforeClose.moment(sight.seen(), beforeClose);
      return due.isPresent()
          ? new Deadline(RuleKind.DAY_TRADE_CLOSE, due.get()).judge(sight)
          : RuleTrace.of(
              RuleKind.DAY_TRADE_CLOSE,
              Verdict.SKIPPED,
              Reading.NONE,
              sight.now(),
              Why.MARKET_CLOSED);
    }

    @Override
    public Optional<Instant> nextChange(Observation seen) {
      return BeforeClose.ahead(seen, beforeClose);
    }
  }
}
