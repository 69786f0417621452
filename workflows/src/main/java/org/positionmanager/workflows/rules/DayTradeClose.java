package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.market.TradingSession;

/**
 * Keeps day trades from staying over night: fires from so long before the session's real close on,
 * early closes included. Default 5 minutes: 15:55 in New York on a normal day.
 */
public record DayTradeClose(Duration beforeClose) implements ExitRule {
  @Override
  public String name() {
    return "day-trade close";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.DAY_TRADE_CLOSE;
  }

  @Override
  public RuleTrace judge(Sight sight) {
    return sight
        .seen()
        .moment()
        .current()
        .map(
            session ->
                TimeRules.from(name(), due(session), sight.seen(), "the time to close day trades"))
        .orElseGet(() -> TimeRules.skipped(name(), sight.seen(), "the market is closed"));
  }

  @Override
  public Optional<Instant> nextChange(Basis basis, Observation seen) {
    return seen.moment().current().flatMap(session -> TimeRules.ifAhead(due(session), seen));
  }

  private Instant due(TradingSession session) {
    return session.closeExclusive().minus(beforeClose);
  }
}
