package org.positionmanager.workflows.instrument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import org.positionmanager.workflows.value.Price;

/**
 * A stock or an option contract. Never a bare string: an exit names the contract that it closes.
 */
public sealed interface Instrument permits Stock, OptionContract {
  /** The broker's symbol: a ticker, or the OCC symbol of a contract. */
  @JsonValue
  String symbol();

  /** Units of the underlying that one unit stands for: 1 for stocks, 100 for options. */
  int multiplier();

  /** The least price step at this price. */
  BigDecimal priceIncrement(Price price);

  /** The least quantity that can be traded. */
  BigDecimal quantityStep();

  /** The ticker that the instrument is about. */
  String underlying();

  /**
   * Reads a broker symbol: anything in OCC form is a contract, all else a ticker.
   *
   * @throws IllegalArgumentException if it is neither
   */
  @JsonCreator
  static Instrument parse(String symbol) {
    return OptionContract.looksLikeOne(symbol) ? OptionContract.parse(symbol) : new Stock(symbol);
  }
}
