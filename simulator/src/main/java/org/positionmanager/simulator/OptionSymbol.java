package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What an option's symbol says by the OCC's convention: root, date, C or P, strike in thousandths.
 *
 * @param strike dollars a share
 */
record OptionSymbol(String root, LocalDate expiry, boolean put, BigDecimal strike) {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyMMdd");

  /** Reads a symbol; empty where it names no option. */
  static Optional<OptionSymbol> of(String symbol) {
    if (!Symbols.isOption(symbol)) {
      return Optional.empty();
    }
    int kind = symbol.length() - 9;
    try {
      return Optional.of(
          new OptionSymbol(
              symbol.substring(0, kind - 6),
              LocalDate.parse(symbol.substring(kind - 6, kind), DATE),
              symbol.charAt(kind) == 'P',
              new BigDecimal(symbol.substring(kind + 1)).movePointLeft(3)));
    } catch (DateTimeParseException noSuchDay) {
      return Optional.empty();
    }
  }

  /** Dollars a share that exercise is worth at an underlying's price; 0 out of the money. */
  BigDecimal intrinsic(BigDecimal underlying) {
    BigDecimal difference = put ? strike.subtract(underlying) : underlying.subtract(strike);
    return difference.max(BigDecimal.ZERO);
  }
}
