package org.positionmanager.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Exchange time: runs at a multiple of real time, which may differ by day and night, or stands
 * until it is stepped.
 *
 * <p>Time never runs back over a restart: no moment is told before the bound that covers it is
 * stored, and a new life begins at that bound.
 */
final class ExchangeClock {
  /** What a restart may lose: exchange time that passes in so much real time. */
  private static final double BOUND_AHEAD_SECONDS = 0.1;

  /** Where the bound is kept. */
  interface Bound {
    /** No later moment than this has been told, in this life or an earlier one. */
    Optional<Instant> load();

    void store(Instant bound);
  }

  private final LongSupplier nanos;
  private final Bound bound;
  private final MarketHours hours;
  private List<Pace> paces;
  private Instant anchor;
  private long anchoredAt;
  private Instant told;

  /**
   * Starts it.
   *
   * @param paces by time; the first holds before its beginning too
   */
  ExchangeClock(Instant start, List<Pace> paces, LongSupplier nanos, Bound bound) {
    this(start, paces, nanos, bound, MarketHours.NYSE);
  }

  ExchangeClock(
      Instant start, List<Pace> paces, LongSupplier nanos, Bound bound, MarketHours hours) {
    this.hours = hours;
    this.nanos = nanos;
    this.bound = bound;
    this.paces = sorted(paces);
    anchor = bound.load().filter(it -> it.isAfter(start)).orElse(start);
    anchoredAt = nanos.getAsLong();
    told = Instant.MIN;
  }

  private static List<Pace> sorted(List<Pace> paces) {
    return paces.stream().sorted(Comparator.comparing(Pace::from)).toList();
  }

  /** When the exchange is open. */
  MarketHours hours() {
    return hours;
  }

  synchronized Instant now() {
    long at = nanos.getAsLong();
    while (true) {
      double speed = speedAt(anchor);
      Instant now = anchor.plusNanos((long) ((at - anchoredAt) * speed));
      Instant change = nextChange(anchor);
      if (now.isBefore(change)) {
        return told(now, speed);
      }
      anchoredAt += (long) Math.ceil(Duration.between(anchor, change).toNanos() / speed);
      anchor = change;
    }
  }

  private Instant told(Instant now, double speed) {
    if (now.isAfter(told)) {
      told = now.plusMillis((long) (speed * BOUND_AHEAD_SECONDS * 1_000));
      bound.store(told);
    }
    return now;
  }

  /** Exchange seconds in one real second, now. */
  synchronized double speed() {
    return speedAt(now());
  }

  /** When the speed changes next, to which; empty where it never does. */
  synchronized Optional<Pace> nextPace() {
    Instant change = now();
    double speed = speedAt(change);
    for (int boundaries = 0; boundaries < 4; boundaries++) {
      change = nextChange(change);
      double then = speedAt(change);
      if (then != speed) {
        return Optional.of(new Pace(change, then, then));
      }
    }
    return Optional.empty();
  }

  /** Whether exchange time is, or will be, anything but real time. */
  synchronized boolean isSimulated() {
    return paces.stream().anyMatch(pace -> pace.open() != 1 || pace.closed() != 1);
  }

  private double speedAt(Instant moment) {
    Pace pace =
        paces.reversed().stream()
            .filter(it -> !it.from().isAfter(moment))
            .findFirst()
            .orElse(paces.getFirst());
    return hours.at(moment).isPresent() ? pace.open() : pace.closed();
  }

  private Instant nextChange(Instant moment) {
    Instant session =
        hours
            .at(moment)
            .map(NyseCalendar.Session::close)
            .orElseGet(() -> hours.next(moment).open());
    return Stream.concat(Stream.of(session), paces.stream().map(Pace::from))
        .filter(it -> it.isAfter(moment))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Sets exchange time, even back; the paces stay. */
  synchronized void set(Instant now) {
    anchor = now;
    anchoredAt = nanos.getAsLong();
    told = Instant.MIN;
  }

  /** Sets exchange time and one speed for all that follows. */
  synchronized void set(Instant now, double speed) {
    set(now, List.of(new Pace(now, speed, speed)));
  }

  /** Sets exchange time and how fast it runs from then on; the last word until a restart. */
  synchronized void set(Instant now, List<Pace> newPaces) {
    paces = sorted(newPaces);
    set(now);
  }
}
