package org.positionmanager.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The moments at which something can happen though nobody asks: the beginnings and ends of hours,
 * and each minute while orders wait. What becomes of an order so does not depend on how often the
 * exchange is asked.
 */
final class Moments {
  /** Expired options leave the books so long after the close of their last session. */
  static final Duration SETTLED_AFTER_CLOSE = Duration.ofMinutes(30);

  private final MarketHours hours;
  private final Supplier<Stream<LocalTime>> lastOpenings;

  /**
   * Sets them up.
   *
   * @param lastOpenings New York times at which options on their last day are looked at
   */
  Moments(MarketHours hours, Supplier<Stream<LocalTime>> lastOpenings) {
    this.hours = hours;
    this.lastOpenings = lastOpenings;
  }

  /**
   * The first of them after a moment.
   *
   * @param busy whether orders wait for a price
   */
  Instant next(Instant after, boolean busy) {
    LocalDate date = TradingHours.date(after);
    while (true) {
      Optional<Instant> next =
          hours
              .on(date)
              .flatMap(
                  session ->
                      Stream.concat(of(session), minute(session, after, busy).stream())
                          .filter(it -> it.isAfter(after))
                          .min(Comparator.naturalOrder()));
      if (next.isPresent()) {
        return next.get();
      }
      date = date.plusDays(1);
    }
  }

  private Stream<Instant> of(NyseCalendar.Session session) {
    Stream<Instant> looks = lastOpenings.get().map(time -> TradingHours.afternoon(session, time));
    Stream<Instant> ofDay =
        Stream.of(
            TradingHours.extendedOpen(session.date()),
            session.open(),
            // an opening auction's orders are gone with the next moment
            session.open().plusMillis(1),
            lastTrade(session),
            session.close(),
            session.close().plus(SETTLED_AFTER_CLOSE),
            TradingHours.extendedClose(session));
    return Stream.concat(looks, ofDay);
  }

  static Instant lastTrade(NyseCalendar.Session session) {
    return session.close().minusMillis(1);
  }

  private static Optional<Instant> minute(
      NyseCalendar.Session session, Instant after, boolean busy) {
    return Optional.of(after.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60))
        .filter(it -> busy && session.contains(it));
  }
}
