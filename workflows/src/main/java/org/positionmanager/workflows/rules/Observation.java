package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.value.Money;

/**
 * What was seen of one position at one moment.
 *
 * @param quote empty where the market data has none, which is unknown and never safe
 * @param holding empty where a successful read found nothing held
 * @param expiresAt close of the session in which the contract expires; empty for stocks
 * @param lastTrade the instrument's latest trade, where the plan may fall back on it
 * @param underlying the quote of an option's underlying, where the plan asks for it
 * @param watch what the account's watch has seen of the position since it was armed
 * @param equity the account's equity in US dollars, where the plan asks for it
 * @param underlyingTrade the underlying's latest trade, where its quote has been unusable for too
 *     long and the plan falls back on trades
 */
public record Observation(
    MarketMoment moment,
    Optional<Quote> quote,
    Optional<Holding> holding,
    Optional<Instant> expiresAt,
    Optional<Trade> lastTrade,
    Optional<Quote> underlying,
    Optional<Money> equity,
    Optional<WatchSight> watch,
    Optional<Trade> underlyingTrade) {
  /** Also reads what was seen when nobody asked for trades of the underlying. */
  @JsonCreator
  public Observation {}

  /** Without a trade of the underlying. */
  public Observation(
      MarketMoment moment,
      Optional<Quote> quote,
      Optional<Holding> holding,
      Optional<Instant> expiresAt,
      Optional<Trade> lastTrade,
      Optional<Quote> underlying,
      Optional<Money> equity,
      Optional<WatchSight> watch) {
    this(moment, quote, holding, expiresAt, lastTrade, underlying, equity, watch, Optional.empty());
  }

  /** With nothing but the instrument's own quote. */
  public Observation(
      MarketMoment moment,
      Optional<Quote> quote,
      Optional<Holding> holding,
      Optional<Instant> expiresAt) {
    this(
        moment,
        quote,
        holding,
        expiresAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether its quote was stamped before that moment. */
  public boolean isQuotedBefore(Instant moment) {
    return quote.filter(it -> it.at().isBefore(moment)).isPresent();
  }

  /**
   * Without a quote from before the position was filled, which says nothing of what became of it:
   * by a price that stood before a jump, a position that was opened after it would be closed.
   */
  public Observation sinceEntry(Instant filledAt) {
    return isQuotedBefore(filledAt)
        ? new Observation(
            moment,
            Optional.empty(),
            holding,
            expiresAt,
            lastTrade,
            underlying,
            equity,
            watch,
            underlyingTrade)
        : this;
  }

  /** What it is worth so much real time later: the same, but older. */
  public Observation later(Duration realTime) {
    return new Observation(
        moment.later(realTime),
        quote,
        holding,
        expiresAt,
        lastTrade,
        underlying,
        equity,
        watch,
        underlyingTrade);
  }

  /** When it was, and nothing of what was seen. */
  public Observation timeAlone() {
    return new Observation(moment, Optional.empty(), Optional.empty(), expiresAt);
  }
}
