package org.positionmanager.workflows.instrument;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.positionmanager.workflows.value.Price;

/** A listed share, named by its ticker: capital letters, digits, dot or slash, at most 12. */
public record Stock(String symbol) implements Instrument {
  private static final Pattern TICKER = Pattern.compile("[A-Z][A-Z0-9./]{0,11}");
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final BigDecimal HUNDREDTH_OF_A_CENT = new BigDecimal("0.0001");
  private static final BigDecimal SHARE_STEP = new BigDecimal("0.000000001");

  public Stock {
    if (symbol == null || !TICKER.matcher(symbol).matches()) {
      throw new IllegalArgumentException("ticker must look like AAPL, got: " + symbol);
    }
  }

  @Override
  public int multiplier() {
    return 1;
  }

  /** Alpaca takes at most 2 decimals from $1 and 4 below (else 422/42210000). */
  @Override
  public BigDecimal priceIncrement(Price price) {
    return price.value().compareTo(BigDecimal.ONE) >= 0 ? CENT : HUNDREDTH_OF_A_CENT;
  }

  @Override
  public BigDecimal quantityStep() {
    return SHARE_STEP;
  }

  @Override
  public String underlying() {
    return symbol;
  }

  @Override
  public String toString() {
    return symbol;
  }
}
