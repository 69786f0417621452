package org.positionmanager.simulator.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;

/**
 * What an option's symbol says, in the form of the Options Clearing Corporation.
 *
 * @param root usually the underlying's symbol
 * @param strike in dollars
 */
public record OptionContract(String root, LocalDate expiration, boolean call, BigDecimal strike) {
  private static final Pattern OCC = Pattern.compile("([A-Z][A-Z0-9]{0,5})(\\d{6})([CP])(\\d{8})");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyMMdd");
  private static final LocalTime LAST_TRADE = LocalTime.of(16, 0);

  /** Reads a symbol; empty where it is no option's. */
  public static Optional<OptionContract> of(String symbol) {
    Matcher parts = OCC.matcher(symbol);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new OptionContract(
              parts.group(1),
              LocalDate.parse(parts.group(2), DATE),
              parts.group(3).equals("C"),
              new BigDecimal(parts.group(4)).movePointLeft(3)));
    } catch (java.time.DateTimeException noDate) {
      return Optional.empty();
    }
  }

  /** Its symbol. */
  public String symbol() {
    return "%s%s%s%08d"
        .formatted(
            root,
            expiration.format(DATE),
            call ? "C" : "P",
            strike.movePointRight(3).longValueExact());
  }

  /** When trading in it ends: at the close, on some days early. */
  public Instant end() {
    return NyseCalendar.on(expiration)
        .map(TradingSession::closeExclusive)
        .orElseGet(() -> expiration.atTime(LAST_TRADE).atZone(ExchangeZone.NEW_YORK).toInstant());
  }
}
