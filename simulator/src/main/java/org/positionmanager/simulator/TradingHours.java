package org.positionmanager.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/** When orders live: regular and extended hours, and the last moment of each time in force. */
final class TradingHours {
  /** A gtc order that is older is cancelled by Alpaca (its page on orders: aged order policy). */
  private static final Duration OLDEST_GTC = Duration.ofDays(90);

  private static final LocalTime EXTENDED_OPEN = LocalTime.of(4, 0);
  private static final LocalTime EXTENDED_CLOSE = LocalTime.of(20, 0);
  private static final LocalTime OPG_UNTIL = LocalTime.of(9, 28);
  private static final LocalTime CLS_UNTIL = LocalTime.of(15, 50);
  private static final LocalTime AUCTIONS_FROM = LocalTime.of(19, 0);

  private TradingHours() {}

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
  static boolean isExtended(Instant moment) {
    LocalDate date = date(moment);
    return NyseCalendar.on(date).isPresent()
        && !moment.isBefore(extendedOpen(date))
        && moment.isBefore(extendedClose(date));
  }

  /** The session in which an order can trade first. */
  static NyseCalendar.Session session(Instant submitted, boolean extendedHours) {
    return NyseCalendar.on(date(submitted))
        .filter(
            session ->
                submitted.isBefore(extendedHours ? extendedClose(session.date()) : session.close()))
        .orElseGet(() -> NyseCalendar.next(submitted));
  }

  /** From when on an order that has not been filled is expired. */
  static Instant expiresAt(OrderTerms terms) {
    if (terms.timeInForce().equals("gtc")) {
      return NyseCalendar.next(terms.submittedAt().plus(OLDEST_GTC)).close();
    }
    NyseCalendar.Session session = session(terms.submittedAt(), terms.extendedHours());
    return switch (terms.timeInForce()) {
      case "opg" ->
          terms.submittedAt().isAfter(session.open())
              ? NyseCalendar.next(terms.submittedAt()).open().plusMillis(1)
              : session.open().plusMillis(1);
      case "day" -> terms.extendedHours() ? extendedClose(session.date()) : session.close();
      default -> session.close();
    };
  }

  /** Whether an order for an auction comes in the hours in which Alpaca refuses it. */
  static boolean isTooLateForAuction(String timeInForce, Instant now) {
    Optional<NyseCalendar.Session> today = NyseCalendar.on(date(now));
    if (today.isEmpty()) {
      return false;
    }
    LocalTime time = now.atZone(NyseCalendar.ZONE).toLocalTime();
    LocalTime from = timeInForce.equals("opg") ? OPG_UNTIL : CLS_UNTIL;
    return time.isAfter(from) && time.isBefore(AUCTIONS_FROM);
  }

  /** The last regular moment before another at which prices were made. */
  static Instant previousClose(LocalDate date) {
    LocalDate day = date.minusDays(1);
    while (NyseCalendar.on(day).isEmpty()) {
      day = day.minusDays(1);
    }
    return NyseCalendar.on(day).get().close().minusMillis(1);
  }
}
