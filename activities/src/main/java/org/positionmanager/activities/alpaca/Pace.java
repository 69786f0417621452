package org.positionmanager.activities.alpaca;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast exchange time runs. Alpaca's own answers say nothing about it: there it is real time. A
 * simulated exchange tells it in headers of {@code /v2/clock}, so that time between two reads is
 * known exactly even where night and day run at different speeds.
 *
 * @param speed exchange seconds in one real second; 0 where time stands until somebody moves it
 * @param next what comes after it, from which exchange moment on; empty where nothing does
 */
record Pace(double speed, Optional<Change> next) {
  static final Pace REAL_TIME = new Pace(1, Optional.empty());

  static final String HEADER = "X-Simulated-Pace";
  static final String NEXT_HEADER = "X-Simulated-Next-Pace";

  private static final Duration LOOK_AT_STANDING_TIME = Duration.ofMillis(250);

  /** A change of speed at an exchange moment. */
  record Change(double speed, Instant from) {}

  /**
   * Reads the headers.
   *
   * @param header such as {@code 600.0}; null for real time
   * @param nextHeader such as {@code 1.0 from 2026-02-12T14:30:00Z}; null for no change
   * @throws IllegalArgumentException where they cannot be read
   */
  static Pace parse(String header, String nextHeader) {
    if (header == null) {
      return REAL_TIME;
    }
    return new Pace(speed(header), Optional.ofNullable(nextHeader).map(Pace::change));
  }

  private static Change change(String header) {
    String[] parts = header.split(" from ", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(NEXT_HEADER + " must be 'SPEED from INSTANT'");
    }
    return new Change(speed(parts[0]), Instant.parse(parts[1]));
  }

  private static double speed(String text) {
    double speed = Double.parseDouble(text);
    if (!(speed >= 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException(HEADER + " must be 0 or more, got: " + text);
    }
    return speed;
  }

  /** Exchange time so much real time after a moment. */
  Instant after(Instant from, Duration real) {
    Instant plain = scaled(from, real.toNanos(), speed);
    if (next.isEmpty() || plain.isBefore(next.get().from())) {
      return plain;
    }
    Duration beyond = real.minus(realTime(from));
    return scaled(next.get().from(), beyond.toNanos(), next.get().speed());
  }

  private static Instant scaled(Instant from, long realNanos, double speed) {
    return from.plusNanos((long) (realNanos * speed));
  }

  /** Real time from a moment until this pace ends. */
  private Duration realTime(Instant from) {
    return Duration.ofNanos(
        (long) (Duration.between(from, next.orElseThrow().from()).toNanos() / speed));
  }

  /** Real time from a moment for which this is known to hold, at most the given one. */
  Duration holdsFor(Instant from, Duration atMost) {
    if (speed == 0) {
      return LOOK_AT_STANDING_TIME;
    }
    return next.map(change -> realTime(from)).filter(it -> it.compareTo(atMost) < 0).orElse(atMost);
  }

  /**
   * The speed at an exchange moment by which durations become real; where time stands, real time: a
   * timer that fires too early does no harm.
   */
  double speedAt(Instant moment) {
    double told =
        next.filter(change -> !moment.isBefore(change.from())).map(Change::speed).orElse(speed);
    return told == 0 ? 1 : told;
  }
}
