package org.positionmanager.starter.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.TradingSession;
import org.positionmanager.workflows.replay.Sessions;

/**
 * The time axis of plots: seconds in which the market was open, so that nights and weekends take no
 * room.
 */
final class TradingTime {
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2));

  private final Instant first;
  private final Instant last;
  private final Map<LocalDate, Day> days = new TreeMap<>();

  private record Day(TradingSession session, double before) {}

  /** A place on the axis with its name. */
  record Tick(double at, String label) {}

  TradingTime(Instant first, Instant last, Sessions sessions) {
    this.first = first;
    this.last = last;
    double before = 0;
    for (LocalDate date = NewYork.date(first);
        !date.isAfter(NewYork.date(last));
        date = date.plusDays(1)) {
      Optional<TradingSession> session = sessions.on(date);
      if (session.isPresent()) {
        days.put(date, new Day(session.get(), before));
        before += seconds(session.get().openInclusive(), session.get().closeExclusive());
      }
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /** Where a moment lies; one at which the market is closed lies at the next open, or the end. */
  double at(Instant moment) {
    double at = 0;
    for (Day day : days.values()) {
      TradingSession session = day.session();
      if (moment.isBefore(session.openInclusive())) {
        return day.before();
      }
      at =
          day.before()
              + Math.min(
                  seconds(session.openInclusive(), moment),
                  seconds(session.openInclusive(), session.closeExclusive()));
      if (moment.isBefore(session.closeExclusive())) {
        return at;
      }
    }
    return at;
  }

  double start() {
    return at(first);
  }

  /** Beyond the start, even for a single moment. */
  double end() {
    return Math.max(at(last), start() + 1);
  }

  /** Of the first moment, in New York. */
  LocalDate date() {
    return NewYork.date(first);
  }

  boolean isOneDay() {
    return days.size() <= 1;
  }

  /** Opens of the days after the first, where plots show that a night lies between. */
  List<Double> nights() {
    return days.values().stream().map(Day::before).filter(it -> it > start()).toList();
  }

  /** Hours of a single day, or days. */
  List<Tick> ticks(int most) {
    return isOneDay() ? timesOfDay(most) : dates(most);
  }

  private List<Tick> timesOfDay(int most) {
    Duration span = Duration.between(first, last);
    Duration step =
        STEPS.stream().filter(it -> span.dividedBy(it) < most).findFirst().orElse(STEPS.getLast());
    ZonedDateTime midnight = NewYork.date(first).atStartOfDay(ExchangeZone.NEW_YORK);
    long done = Duration.between(midnight.toInstant(), first).dividedBy(step);
    List<Tick> ticks = new ArrayList<>();
    for (Instant at = midnight.toInstant().plus(step.multipliedBy(done));
        !at.isAfter(last);
        at = at.plus(step)) {
      if (!at.isBefore(first)) {
        ticks.add(new Tick(at(at), NewYork.minute(at)));
      }
    }
    return ticks;
  }

  private List<Tick> dates(int most) {
    int step = (days.size() + most - 1) / most;
    List<Day> all = List.copyOf(days.values());
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      ticks.add(
          new Tick(
              Math.max(all.get(i).before(), start()),
              NewYork.day(all.get(i).session().openInclusive())));
    }
    return ticks;
  }
}
