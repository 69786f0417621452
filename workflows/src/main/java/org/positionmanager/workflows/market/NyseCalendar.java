package org.positionmanager.workflows.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * Regular sessions of the New York Stock Exchange by its published rules for holidays and early
 * closes, and the days that it was closed for once since 2001. For days that are past or simulated;
 * what trades now asks the broker's calendar.
 */
public final class NyseCalendar {
  private static final LocalTime OPEN = LocalTime.of(9, 30);
  private static final LocalTime CLOSE = LocalTime.of(16, 0);
  private static final LocalTime EARLY_CLOSE = LocalTime.of(13, 0);
  private static final int FIRST_JUNETEENTH = 2022;

  /** Attacks, hurricane Sandy, and days of mourning for presidents. */
  private static final Set<LocalDate> CLOSED_ONCE =
      Set.of(
          LocalDate.of(2001, 9, 11),
          LocalDate.of(2001, 9, 12),
          LocalDate.of(2001, 9, 13),
          LocalDate.of(2001, 9, 14),
          LocalDate.of(2004, 6, 11),
          LocalDate.of(2007, 1, 2),
          LocalDate.of(2012, 10, 29),
          LocalDate.of(2012, 10, 30),
          LocalDate.of(2018, 12, 5),
          LocalDate.of(2025, 1, 9));

  private NyseCalendar() {}

  /** The session of a date in New York; empty on weekends and holidays. */
  public static Optional<TradingSession> on(LocalDate date) {
    if (date.getDayOfWeek() == DayOfWeek.SATURDAY
        || date.getDayOfWeek() == DayOfWeek.SUNDAY
        || CLOSED_ONCE.contains(date)
        || isHoliday(date)) {
      return Optional.empty();
    }
    LocalTime close = closesEarly(date) ? EARLY_CLOSE : CLOSE;
    return Optional.of(
        new TradingSession(
            date,
            date.atTime(OPEN).atZone(ExchangeZone.NEW_YORK).toInstant(),
            date.atTime(close).atZone(ExchangeZone.NEW_YORK).toInstant()));
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
        || year >= FIRST_JUNETEENTH && date.equals(observed(LocalDate.of(year, Month.JUNE, 19)))
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
