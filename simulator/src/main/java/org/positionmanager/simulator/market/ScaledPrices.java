package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** Another source's prices in new shares: what is quoted after a split. */
public final class ScaledPrices implements PriceSource {
  private static final BigDecimal FINEST = new BigDecimal("0.0001");

  private final PriceSource source;
  private final BigDecimal now;
  private final BigDecimal old;

  /**
   * Makes one.
   *
   * @param now new shares for so many old ones
   */
  public ScaledPrices(PriceSource source, BigDecimal now, BigDecimal old) {
    this.source = source;
    this.now = now;
    this.old = old;
  }

  @Override
  public boolean goesOnAfterHours() {
    return source.goesOnAfterHours();
  }

  @Override
  public Optional<BidAsk> at(Instant moment) {
    return source.at(moment).map(it -> scaled(it, now, old));
  }

  /** A quote in new shares. */
  public static BidAsk scaled(BidAsk quote, BigDecimal now, BigDecimal old) {
    return new BidAsk(scaled(quote.bid(), now, old), scaled(quote.ask(), now, old), quote.at());
  }

  /** A price in new shares, as exchanges write prices. */
  public static BigDecimal scaled(BigDecimal price, BigDecimal now, BigDecimal old) {
    return written(price.multiply(old).divide(now, MathContext.DECIMAL64)).max(FINEST);
  }

  /** Rounded to a cent from a dollar on, to a hundredth of a cent below. */
  public static BigDecimal written(BigDecimal price) {
    return price.setScale(price.compareTo(BigDecimal.ONE) >= 0 ? 2 : 4, RoundingMode.HALF_UP);
  }
}
