package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/**
 * The price that rules judge, or why there is none. A quote that is missing, stale, crossed, empty
 * or too wide says nothing: it is neither safe nor a reason to exit.
 */
public sealed interface JudgedPrice {
  /**
   * A usable price.
   *
   * @param mid the middle of bid and ask, or the price of the source that stands in for it
   */
  record Usable(Price mid, PriceSource source) implements JudgedPrice {}

  /** No usable price. */
  record Unusable(Flaw flaw, String why) implements JudgedPrice {}

  /** What can be wrong with a quote. */
  enum Flaw {
    /** The market data has no quote of the instrument. */
    MISSING,
    /** Older than the plan allows, by exchange time. */
    STALE,
    /** Stamped later than now by more than clocks can differ. */
    FROM_THE_FUTURE,
    /** The bid lies above the ask. */
    CROSSED,
    /**
     * Nobody asks; for a stock also where nobody bids, because half of the ask is not its value. An
     * option that nobody bids for may be nearly worthless: there the width decides.
     */
    EMPTY,
    /** The spread is so wide that the mid means little. */
    TOO_WIDE
  }

  /** Real time by which a quote may be ahead of the exchange's clock as we know it. */
  Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  /** A spread that is always fine, in dollars. */
  BigDecimal NARROW_ENOUGH = new BigDecimal("0.10");

  /** An option's spread may be up to half of its mid. */
  BigDecimal OPTION_SHARE = new BigDecimal("0.50");

  /**
   * A stock's up to a tenth: beyond it one side is a stub quote that a market maker has to show, as
   * 1.00 below 100.00, and the mid is no price at which anybody trades.
   */
  BigDecimal STOCK_SHARE = new BigDecimal("0.10");

  /** Exchange time after which a quote of an underlying is stale: stocks are quoted all day. */
  Duration UNDERLYING_STALE_AFTER = Duration.ofSeconds(60);

  /** What may be asked of a stock's quote is the same for all. */
  Instrument ANY_STOCK = new Stock("ANY");

  /** Judges the quote of an observation by the plan's limits. */
  static JudgedPrice of(PriceSight sight, Instrument instrument, Observation seen) {
    return ofQuote(instrument, seen.quote(), sight.staleAfter(), seen.moment());
  }

  /**
   * Judges the quote of an option's underlying; its latest trade stands in where the observation
   * has one, which is asked for only once the quote has been unusable for too long.
   */
  static JudgedPrice ofUnderlying(Observation seen) {
    JudgedPrice quoted =
        ofQuote(ANY_STOCK, seen.underlying(), UNDERLYING_STALE_AFTER, seen.moment());
    return switch (quoted) {
      case Usable usable -> usable;
      case Unusable unusable ->
          seen.underlyingTrade()
              .filter(trade -> isTimely(trade.at(), UNDERLYING_STALE_AFTER, seen.moment()))
              .filter(trade -> !trade.price().isZero())
              .<JudgedPrice>map(trade -> new Usable(trade.price(), PriceSource.LAST_TRADE))
              .orElse(unusable);
    };
  }

  /** Whether the latest trade of an option's underlying stands in for its quote. */
  static boolean isUnderlyingByTrade(Observation seen) {
    return ofUnderlying(seen) instanceof Usable usable && usable.source() == PriceSource.LAST_TRADE;
  }

  /** When the price of the underlying was made. */
  static Optional<Instant> underlyingStamp(Observation seen) {
    return isUnderlyingByTrade(seen)
        ? seen.underlyingTrade().map(Trade::at)
        : seen.underlying().map(Quote::at);
  }

  /**
   * The first usable price of the plan's fallbacks.
   *
   * @param otherwise what is wrong with the quote: the answer where no fallback is usable
   */
  static JudgedPrice fallback(
      PriceSight sight, Direction direction, Observation seen, Unusable otherwise) {
    for (PriceSource source : sight.fallbacks()) {
      Optional<Price> price =
          source == PriceSource.NEAR_SIDE
              ? nearSide(sight, direction, seen)
              : lastTrade(sight, seen);
      if (price.isPresent() && !price.get().isZero()) {
        return new Usable(price.get(), source);
      }
    }
    return otherwise;
  }

  private static Optional<Price> lastTrade(PriceSight sight, Observation seen) {
    return seen.lastTrade()
        .filter(trade -> isTimely(trade.at(), sight.staleAfter(), seen.moment()))
        .map(Trade::price);
  }

  private static Optional<Price> nearSide(PriceSight sight, Direction direction, Observation seen) {
    return seen.quote()
        .filter(quote -> isTimely(quote.at(), sight.staleAfter(), seen.moment()))
        .filter(quote -> quote.ask().isZero() || !quote.isCrossed())
        .map(quote -> direction == Direction.LONG ? quote.bid() : quote.ask());
  }

  private static boolean isTimely(Instant at, Duration staleAfter, MarketMoment moment) {
    return !moment.now().isAfter(at.plus(staleAfter)) && !isAhead(at, moment);
  }

  /** Whether a stamp is later than now by more than clocks can differ. */
  static boolean isAhead(Instant at, MarketMoment moment) {
    if (!at.isAfter(moment.now())) {
      return false;
    }
    long scale = (long) Math.ceil(Math.max(1, moment.speed()));
    return at.isAfter(moment.now().plus(CLOCK_TOLERANCE.multipliedBy(scale)));
  }

  private static JudgedPrice ofQuote(
      Instrument instrument, Optional<Quote> known, Duration staleAfter, MarketMoment moment) {
    if (known.isEmpty()) {
      return new Unusable(Flaw.MISSING, "the market data has no quote");
    }
    Quote quote = known.get();
    if (moment.now().isAfter(quote.at().plus(staleAfter))) {
      return new Unusable(
          Flaw.STALE,
          "the quote is %d s old, more than %d s"
              .formatted(quote.age(moment.now()).toSeconds(), staleAfter.toSeconds()));
    }
    if (isAhead(quote.at(), moment)) {
      return new Unusable(Flaw.FROM_THE_FUTURE, "the quote is stamped " + quote.at());
    }
    if (quote.ask().isZero()) {
      return new Unusable(Flaw.EMPTY, "nobody asks");
    }
    if (quote.isCrossed()) {
      return new Unusable(
          Flaw.CROSSED, "bid %s lies above ask %s".formatted(quote.bid(), quote.ask()));
    }
    if (instrument instanceof Stock && quote.bid().isZero()) {
      return new Unusable(Flaw.EMPTY, "nobody bids");
    }
    Price mid = quote.mid();
    if (isTooWide(instrument, quote, mid)) {
      return new Unusable(
          Flaw.TOO_WIDE, "bid %s and ask %s are too far apart".formatted(quote.bid(), quote.ask()));
    }
    return new Usable(mid, PriceSource.MID);
  }

  /** Wider than is always fine, and than the instrument's share of the mid. */
  private static boolean isTooWide(Instrument instrument, Quote quote, Price mid) {
    BigDecimal spread = quote.ask().value().subtract(quote.bid().value());
    if (spread.compareTo(NARROW_ENOUGH) <= 0) {
      return false;
    }
    BigDecimal share =
        switch (instrument) {
          case OptionContract option -> OPTION_SHARE;
          case Stock stock -> STOCK_SHARE;
        };
    return spread.compareTo(mid.value().multiply(share)) > 0;
  }
}
