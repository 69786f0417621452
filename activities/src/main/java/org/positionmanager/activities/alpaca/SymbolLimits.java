package org.positionmanager.activities.alpaca;

/**
 * How many symbols an account's plan allows in one stream, so that more are polled without being
 * asked for in vain: 30 stocks by Alpaca's free plan (DOC). What is not known is found by asking.
 *
 * @param stocks above 0
 * @param contracts above 0
 */
public record SymbolLimits(int stocks, int contracts) {
  /** Nothing is known: the broker says when there are too many. */
  public static final SymbolLimits UNKNOWN = new SymbolLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  public SymbolLimits {
    if (stocks < 1 || contracts < 1) {
      throw new IllegalArgumentException(
          "limits of symbols must be above 0, got: %d stocks, %d contracts"
              .formatted(stocks, contracts));
    }
  }

  int of(boolean ofContracts) {
    return ofContracts ? contracts : stocks;
  }
}
