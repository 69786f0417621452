package org.positionmanager.workflows.rules;

import java.math.BigDecimal;
import java.time.Duration;
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

  /** An option's spread that is always fine, in dollars. */
  BigDecimal NARROW_ENOUGH = new BigDecimal("0.10");

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
    if (basis.instrument() instanceof OptionContract && isTooWide(quote)) {
      return new Unusable(
          Flaw.TOO_WIDE, "bid %s and ask %s are too far apart".formatted(quote.bid(), quote.ask()));
    }
    return new Usable(quote.mid());
  }

  /** Wider than 10 cents and than half of the mid. */
  private static boolean isTooWide(Quote quote) {
    BigDecimal spread = quote.ask().value().subtract(quote.bid().value());
    return spread.compareTo(NARROW_ENOUGH) > 0
        && spread.multiply(BigDecimal.TWO).compareTo(quote.mid().value()) > 0;
  }
}
