package org.positionmanager.simulator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Regular sessions of the New York Stock Exchange by its published holiday rules. */
final class NyseCalendar {
  static final ZoneId ZONE = ZoneId.of("America/New_York");
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);

  private NyseCalendar() {}

  record Session(LocalDate date, Instant open, Instant close) {
    boolean contains(Instant moment) {
      return !moment.isBefore(open) && moment.isBefore(close);
    }
  }

  /** The session of a date; empty on weekends and holidays. */
  static Optional<Session> on(LocalDate date) {
    if (date.getDayOfWeek() == DayOfWeek.SATURDAY
        || date.getDayOfWeek() == DayOfWeek.SUNDAY
        || isHoliday(date)) {
      return Optional.empty();
    }
    LocalTime close = closesEarly(date) ? EARLY_CLOSE : CLOSE;
    return Optional.of(
        new Session(
            date,
            date.atTime(OPEN).atZone(ZONE).toInstant(),
            date.atTime(close).atZone(ZONE).toInstant()));
  }

  /** The session running at a moment; empty while the market is closed. */
  static Optional<Session> at(Instant moment) {
    return on(moment.atZone(ZONE).toLocalDate()).filter(session -> session.contains(moment));
  }

  /** The first session that opens after a moment. */
  static Session next(Instant after) {
    LocalDate date = after.atZone(ZONE).toLocalDate();
    while (true) {
      Optional<Session> session = on(date).filter(it -> it.open().isAfter(after));
      if (session.isPresent()) {
        return session.get();
      }
      date = date.plusDays(1);
    }
  }

  private static boolean isHoliday(LocalDate date) {
    int year = date.getYear();
    return date.equals(observedNewYear(year))
        || date.equals(nth(3, DayOfWeek.MONDAY, year, Month.JANUARY))
        || date.equals(nth(3, DayOfWeek.MONDAY, year, Month.FEBRUARY))
        || date.equals(easter(year).minusDays(2))
        || date.equals(
            LocalDate.of(year, Month.MAY, 31)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
        || date.equals(observed(LocalDate.of(year, Month.JUNE, 19)))
        || date.equals(observed(LocalDate.of(year, Month.JULY, 4)))
        || date.equals(nth(1, DayOfWeek.MONDAY, year, Month.SEPTEMBER))
        || date.equals(nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER))
        || date.equals(observed(LocalDate.of(year, Month.DECEMBER, 25)));
  }

  /** The day after Thanksgiving, Christmas Eve and 3 July, where they are trading days. */
  private static boolean closesEarly(LocalDate date) {
    int year = date.getYear();
    return date.equals(nth(4, DayOfWeek.THURSDAY, year, Month.NOVEMBER).plusDays(1))
        || date.equals(LocalDate.of(year, Month.DECEMBER, 24))
        || date.equals(LocalDate.of(year, Month.JULY, 3));
  }

  private static LocalDate nth(int n, DayOfWeek day, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, day));
  }

  private static LocalDate observed(LocalDate holiday) {
    return switch (holiday.getDayOfWeek()) {
      case SATURDAY -> holiday.minusDays(1);
      case SUNDAY -> holiday.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> holiday;
    };
  }

  /** A New Year's Day on a Saturday is not observed on the Friday before: that is year's end. */
  private static LocalDate observedNewYear(int year) {
    LocalDate day = LocalDate.of(year, Month.JANUARY, 1);
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }

  /** Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8). */
  private static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return LocalDate.of(year, f / 31, f % 31 + 1);
  }
}
