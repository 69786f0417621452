package org.positionmanager.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** When orders live: regular and extended hours, and the last moment of each time in force. */
final class TradingHours {
  /** A gtc order that is older is cancelled by Alpaca (its page on orders: aged order policy). */
  private static final Duration OLDEST_GTC = Duration.ofDays(90);

  private static final LocalTime EXTENDED_OPEN = LocalTime.of(4, 0);
  private static final LocalTime EXTENDED_CLOSE = LocalTime.of(20, 0);
  private static final LocalTime OPG_UNTIL = LocalTime.of(9, 28);
  private static final LocalTime CLS_UNTIL = LocalTime.of(15, 50);
  private static final LocalTime AUCTIONS_FROM = LocalTime.of(19, 0);

  private final MarketHours hours;

  TradingHours(MarketHours hours) {
    this.hours = hours;
  }

  static Instant extendedOpen(LocalDate date) {
    return date.atTime(EXTENDED_OPEN).atZone(NyseCalendar.ZONE).toInstant();
  }

  static Instant extendedClose(LocalDate date) {
    return date.atTime(EXTENDED_CLOSE).atZone(NyseCalendar.ZONE).toInstant();
  }

  static LocalDate date(Instant moment) {
    return moment.atZone(NyseCalendar.ZONE).toLocalDate();
  }

  /** Whether orders for extended hours may trade: 4:00 to 20:00 on days with a session. */
  boolean isExtended(Instant moment) {
    LocalDate date = date(moment);
    return hours.on(date).isPresent()
        && !moment.isBefore(extendedOpen(date))
        && moment.isBefore(extendedClose(date));
  }

  private static Instant end(NyseCalendar.Session session, boolean extendedHours) {
    Instant evening = extendedClose(session.date());
    return extendedHours && evening.isAfter(session.close()) ? evening : session.close();
  }

  /** From when on an order that has not been filled is expired. */
  Instant expiresAt(String timeInForce, boolean extendedHours, Instant submitted) {
    if (timeInForce.equals("gtc")) {
      return hours.next(submitted.plus(OLDEST_GTC)).close();
    }
    NyseCalendar.Session first =
        hours
            .on(date(submitted))
            .filter(session -> submitted.isBefore(end(session, extendedHours)))
            .orElseGet(() -> hours.next(submitted));
    return switch (timeInForce) {
      case "opg" ->
          (submitted.isAfter(first.open()) ? hours.next(submitted) : first).open().plusMillis(1);
      case "day" -> end(first, extendedHours);
      default -> first.close();
    };
  }

  /** Whether an order for an auction comes in the hours in which Alpaca refuses it. */
  boolean isTooLateForAuction(String timeInForce, Instant now) {
    if (hours.on(date(now)).isEmpty()) {
      return false;
    }
    LocalTime time = now.atZone(NyseCalendar.ZONE).toLocalTime();
    LocalTime from = timeInForce.equals("opg") ? OPG_UNTIL : CLS_UNTIL;
    return time.isAfter(from) && time.isBefore(AUCTIONS_FROM);
  }

  /** The last regular moment before a date at which prices were made. */
  Instant previousClose(LocalDate date) {
    LocalDate day = date.minusDays(1);
    while (hours.on(day).isEmpty()) {
      day = day.minusDays(1);
    }
    return hours.on(day).orElseThrow().close().minusMillis(1);
  }
}
