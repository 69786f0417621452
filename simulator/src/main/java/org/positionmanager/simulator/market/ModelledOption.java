package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An option priced by its underlying, so that both move together. */
public final class ModelledOption implements PriceSource {
  private static final BigDecimal HALF_SPREAD = new BigDecimal("0.01");
  private static final double YEAR_SECONDS = Duration.ofDays(365).toSeconds();

  private final OptionContract contract;
  private final Instant end;
  private final PriceSource underlying;
  private final BigDecimal volatility;

  /**
   * Makes one.
   *
   * @param volatility implied, by the year, 0.3 is 30%
   */
  public ModelledOption(OptionContract contract, PriceSource underlying, BigDecimal volatility) {
    this.contract = contract;
    end = contract.end();
    this.underlying = underlying;
    this.volatility = volatility;
  }

  /** The same option after a split of its share: at a part of the strike, on new shares. */
  public ModelledOption split(OptionContract adjusted, BigDecimal now, BigDecimal old) {
    return new ModelledOption(adjusted, new ScaledPrices(underlying, now, old), volatility);
  }

  @Override
  public Optional<BidAsk> at(Instant moment) {
    Instant second = Instant.ofEpochSecond(moment.getEpochSecond());
    return model(second)
        .map(it -> BidAsk.around(BigDecimal.valueOf(it.value()), HALF_SPREAD, second));
  }

  /** Value and sensitivities at a moment; empty while the underlying has no price. */
  public Optional<BlackScholes> model(Instant moment) {
    return underlying
        .at(moment)
        .map(
            spot ->
                BlackScholes.of(
                    contract.call(),
                    spot.mid().doubleValue(),
                    contract.strike().doubleValue(),
                    Duration.between(moment, end).toSeconds() / YEAR_SECONDS,
                    volatility.doubleValue()));
  }

  /** Implied, by the year. */
  public BigDecimal volatility() {
    return volatility;
  }
}
