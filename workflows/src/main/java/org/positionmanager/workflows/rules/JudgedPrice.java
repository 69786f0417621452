package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.time.Duration;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.value.Price;

/**
 * The price that rules judge, or why there is none. A quote that is missing, stale, crossed, empty
 * or too wide says nothing: it is neither safe nor a reason to exit.
 */
public sealed interface JudgedPrice {
  /** A usable price: the mid of bid and ask. */
  record Usable(Price mid) implements JudgedPrice {}

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

  /** Judges the quote of an observation by the plan's limits. */
  static JudgedPrice of(Plan plan, Basis basis, Observation seen) {
    if (seen.quote().isEmpty()) {
      return new Unusable(Flaw.MISSING, "the market data has no quote");
    }
    Quote quote = seen.quote().get();
    Duration age = quote.age(seen.moment().now());
    if (age.compareTo(plan.staleAfter()) > 0) {
      return new Unusable(
          Flaw.STALE,
          "the quote is %d s old, more than %d s"
              .formatted(age.toSeconds(), plan.staleAfter().toSeconds()));
    }
    long ahead = (long) Math.ceil(Math.max(1, seen.moment().speed()));
    if (age.negated().compareTo(CLOCK_TOLERANCE.multipliedBy(ahead)) > 0) {
      return new Unusable(Flaw.FROM_THE_FUTURE, "the quote is stamped " + quote.at());
    }
    if (quote.ask().isZero()) {
      return new Unusable(Flaw.EMPTY, "nobody asks");
    }
    if (quote.isCrossed()) {
      return new Unusable(
          Flaw.CROSSED, "bid %s lies above ask %s".formatted(quote.bid(), quote.ask()));
    }
    if (basis.instrument() instanceof Stock && quote.bid().isZero()) {
      return new Unusable(Flaw.EMPTY, "nobody bids");
    }
    if (isTooWide(basis.instrument(), quote)) {
      return new Unusable(
          Flaw.TOO_WIDE, "bid %s and ask %s are too far apart".formatted(quote.bid(), quote.ask()));
    }
    return new Usable(quote.mid());
  }

  /** Wider than is always fine, and than the instrument's share of the mid. */
  private static boolean isTooWide(Instrument instrument, Quote quote) {
    BigDecimal spread = quote.ask().value().subtract(quote.bid().value());
    BigDecimal share =
        switch (instrument) {
          case OptionContract option -> OPTION_SHARE;
          case Stock stock -> STOCK_SHARE;
        };
    return spread.compareTo(NARROW_ENOUGH) > 0
        && spread.compareTo(quote.mid().value().multiply(share)) > 0;
  }
}
