package org.positionmanager.simulator.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.positionmanager.workflows.market.ExchangeZone;

/** How long a bar is; bars begin at multiples of it in New York's time. */
public record Timeframe(int count, Unit unit) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,2})(Min|T|Hour|H|Day|D|Week|W|Month|M)");

  /** What it counts. */
  public enum Unit {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH
  }

  /** One minute. */
  public static final Timeframe MINUTE = new Timeframe(1, Unit.MINUTE);

  /** One day. */
  public static final Timeframe DAY = new Timeframe(1, Unit.DAY);

  /** Reads Alpaca's form, for instance 5Min or 1D; empty where it is none. */
  public static Optional<Timeframe> of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(parts.group(1));
    Timeframe timeframe =
        new Timeframe(
            count,
            switch (parts.group(2)) {
              case "Min", "T" -> Unit.MINUTE;
              case "Hour", "H" -> Unit.HOUR;
              case "Day", "D" -> Unit.DAY;
              case "Week", "W" -> Unit.WEEK;
              default -> Unit.MONTH;
            });
    return Optional.of(timeframe).filter(Timeframe::isOffered);
  }

  private boolean isOffered() {
    return switch (unit) {
      case MINUTE -> count >= 1 && count <= 59;
      case HOUR -> count >= 1 && count <= 23;
      case DAY, WEEK -> count == 1;
      case MONTH -> count >= 1 && 12 % count == 0;
    };
  }

  /** The beginning of the bar that a moment lies in. */
  public Instant floor(Instant moment) {
    ZonedDateTime local = moment.atZone(ExchangeZone.NEW_YORK);
    LocalDate date = local.toLocalDate();
    return switch (unit) {
      case MINUTE -> floorMinutes(local, count);
      case HOUR -> floorMinutes(local, count * 60);
      case DAY -> midnight(date);
      case WEEK -> midnight(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH ->
          midnight(
              date.withMonth((date.getMonthValue() - 1) / count * count + 1).withDayOfMonth(1));
    };
  }

  private static Instant floorMinutes(ZonedDateTime local, int minutes) {
    ZonedDateTime day = local.truncatedTo(ChronoUnit.DAYS);
    long since = ChronoUnit.MINUTES.between(day, local);
    return day.plusMinutes(since / minutes * minutes).toInstant();
  }

  private static Instant midnight(LocalDate date) {
    return date.atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
  }

  /** The beginning of the bar after the one that begins at a moment. */
  public Instant next(Instant begin) {
    ZonedDateTime local = begin.atZone(ExchangeZone.NEW_YORK);
    ZonedDateTime later =
        switch (unit) {
          case MINUTE -> local.plusMinutes(count);
          case HOUR -> local.plusHours(count);
          case DAY -> local.plusDays(1);
          case WEEK -> local.plusWeeks(1);
          case MONTH -> local.plusMonths(count);
        };
    Instant next = floor(later.toInstant());
    // a bar that midnight cuts short is followed by one that begins there
    Instant midnight = midnight(local.toLocalDate().plusDays(1));
    boolean withinDay = unit == Unit.MINUTE || unit == Unit.HOUR;
    return withinDay && next.isAfter(midnight) ? midnight : next;
  }
}
