package org.positionmanager.starter.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.positionmanager.workflows.market.ExchangeZone;

/** Moments and spans for people: moments are the exchange's, in New York's time. */
public final class NewYork {
  private static final DateTimeFormatter MOMENT = formatter("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter SHORT = formatter("MM-dd HH:mm:ss");
  private static final DateTimeFormatter TIME = formatter("HH:mm:ss");
  private static final DateTimeFormatter MINUTE = formatter("HH:mm");
  private static final DateTimeFormatter DAY = formatter("MM-dd");

  private NewYork() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ExchangeZone.NEW_YORK);
  }

  /** {@code 2026-02-11 09:30:00}. */
  public static String moment(Instant moment) {
    return MOMENT.format(moment);
  }

  /** {@code 09:30:00} on the day itself, {@code 02-12 09:30:00} on others. */
  public static String moment(Instant moment, LocalDate day) {
    return (date(moment).equals(day) ? TIME : SHORT).format(moment);
  }

  /** {@code 09:30}. */
  public static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  /** {@code 02-11}. */
  public static String day(Instant moment) {
    return DAY.format(moment);
  }

  public static LocalDate date(Instant moment) {
    return moment.atZone(ExchangeZone.NEW_YORK).toLocalDate();
  }

  /** The two greatest units: {@code 2d 3h}, {@code 3h 20m}, {@code 20m 5s}, {@code 5s}. */
  public static String span(Duration span) {
    if (span.toDays() > 0) {
      return "%dd %dh".formatted(span.toDays(), span.toHoursPart());
    }
    if (span.toHours() > 0) {
      return "%dh %dm".formatted(span.toHours(), span.toMinutesPart());
    }
    return span.toMinutes() > 0
        ? "%dm %ds".formatted(span.toMinutes(), span.toSecondsPart())
        : "%ds".formatted(span.toSeconds());
  }
}
