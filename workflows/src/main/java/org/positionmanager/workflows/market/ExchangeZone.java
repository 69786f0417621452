package org.positionmanager.workflows.market;

import java.time.LocalDate;
import java.time.ZoneId;

/** The zone in which US exchanges tell the time, summer time included. */
public final class ExchangeZone {
  /** New York. */
  public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private ExchangeZone() {}

  /** The exchange's date: of the session that runs, else of the moment in New York. */
  public static LocalDate dateOf(MarketMoment moment) {
    return moment
        .current()
        .map(TradingSession::date)
        .orElseGet(() -> LocalDate.ofInstant(moment.now(), NEW_YORK));
  }
}
