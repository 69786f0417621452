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
  private static final Duration EVENING = Duration.ofHours(4);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
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

  /** Four hours after the close: 20:00, on short days 17:00; never before the session's end. */
  static Instant extendedClose(NyseCalendar.Session session) {
    Instant evening = afternoon(session, CLOSE).plus(EVENING);
    return evening.isAfter(session.close()) ? evening : session.close();
  }

  /** A time of a usual afternoon in a session: so much before the close, where that is early. */
  static Instant afternoon(NyseCalendar.Session session, LocalTime usual) {
    Instant close = session.date().atTime(CLOSE).atZone(NyseCalendar.ZONE).toInstant();
    Instant moment = session.date().atTime(usual).atZone(NyseCalendar.ZONE).toInstant();
    return session.close().isBefore(close)
        ? moment.minus(Duration.between(session.close(), close))
        : moment;
  }

  static LocalDate date(Instant moment) {
    return moment.atZone(NyseCalendar.ZONE).toLocalDate();
  }

  /** Whether orders for extended hours may trade: from 4:00 to four hours after the close. */
  boolean isExtended(Instant moment) {
    LocalDate date = date(moment);
    return hours
        .on(date)
        .filter(it -> !moment.isBefore(extendedOpen(date)) && moment.isBefore(extendedClose(it)))
        .isPresent();
  }

  private static Instant end(NyseCalendar.Session session, boolean extendedHours) {
    return extendedHours ? extendedClose(session) : session.close();
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
    Optional<NyseCalendar.Session> session = hours.on(date(now));
    if (session.isEmpty()) {
      return false;
    }
    LocalDate date = session.get().date();
    Instant until =
        timeInForce.equals("opg")
            ? date.atTime(OPG_UNTIL).atZone(NyseCalendar.ZONE).toInstant()
            : afternoon(session.get(), CLS_UNTIL);
    return now.isAfter(until)
        && now.isBefore(date.atTime(AUCTIONS_FROM).atZone(NyseCalendar.ZONE).toInstant());
  }

  /** Whether a time of a usual afternoon has come on a day with a session. */
  boolean isLate(Instant now, LocalTime usual) {
    return hours.on(date(now)).filter(it -> !now.isBefore(afternoon(it, usual))).isPresent();
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
