package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;

/**
 * What was seen of one position at one moment.
 *
 * @param quote empty where the market data has none, which is unknown and never safe
 * @param holding empty where a successful read found nothing held
 * @param expiresAt close of the session in which the contract expires; empty for stocks
 */
public record Observation(
    MarketMoment moment,
    Optional<Quote> quote,
    Optional<Holding> holding,
    Optional<Instant> expiresAt) {
  /** What it is worth so much real time later: the same, but older. */
  public Observation later(Duration realTime) {
    return new Observation(moment.later(realTime), quote, holding, expiresAt);
  }
}
