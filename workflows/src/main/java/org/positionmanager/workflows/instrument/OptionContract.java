package org.positionmanager.workflows.instrument;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.positionmanager.workflows.value.Price;

/**
 * A listed US equity option by its OCC symbol: root, expiry as yymmdd, C or P, strike in
 * thousandths of a dollar with 8 digits. {@code NOW260220P00110000} is the NOW put at 110 of
 * 2026-02-20.
 */
public record OptionContract(String underlying, LocalDate expiry, Right right, BigDecimal strike)
    implements Instrument {
  private static final Pattern OCC = Pattern.compile("([A-Z][A-Z0-9]{0,5})(\\d{6})([CP])(\\d{8})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final BigDecimal CENT = new BigDecimal("0.01");

  /** What the contract gives its holder. */
  public enum Right {
    /** To buy the underlying at the strike. */
    CALL,
    /** To sell the underlying at the strike. */
    PUT
  }

  static boolean looksLikeOne(String symbol) {
    return symbol != null && OCC.matcher(symbol).matches();
  }

  /** Reads an OCC symbol, with or without padding spaces in the root. */
  public static OptionContract parse(String symbol) {
    Matcher parts = OCC.matcher(symbol == null ? "" : symbol.replace(" ", ""));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "option symbol must be in OCC form such as NOW260220P00110000, got: " + symbol);
    }
    try {
      return new OptionContract(
          parts.group(1),
          LocalDate.parse(parts.group(2), DATE),
          parts.group(3).equals("C") ? Right.CALL : Right.PUT,
          new BigDecimal(parts.group(4)).movePointLeft(3).stripTrailingZeros());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("option symbol has no such expiry date: " + symbol);
    }
  }

  @Override
  public String symbol() {
    return underlying
        + DATE.format(expiry)
        + (right == Right.CALL ? "C" : "P")
        + "%08d".formatted(strike.movePointRight(3).longValueExact());
  }

  @Override
  public int multiplier() {
    return 100;
  }

  /** Cents everywhere: classes that quote in nickels refuse at the broker, with a reason. */
  @Override
  public BigDecimal priceIncrement(Price price) {
    return CENT;
  }

  @Override
  public BigDecimal quantityStep() {
    return BigDecimal.ONE;
  }

  @Override
  public String toString() {
    return symbol();
  }
}
