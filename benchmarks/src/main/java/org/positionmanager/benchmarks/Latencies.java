package org.positionmanager.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** How long things took; at least one of them. */
public final class Latencies {
  private static final double NANOS_A_MILLI = 1_000_000;

  private final long[] sorted;

  private Latencies(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nothing was measured; measure once at least");
    }
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /**
   * Of so many nanoseconds each.
   *
   * @throws IllegalArgumentException where there are none
   */
  public static Latencies of(long[] nanos) {
    return new Latencies(nanos);
  }

  /**
   * Of durations.
   *
   * @throws IllegalArgumentException where there are none
   */
  public static Latencies of(Collection<Duration> durations) {
    return new Latencies(durations.stream().mapToLong(Duration::toNanos).toArray());
  }

  public int count() {
    return sorted.length;
  }

  /** Half took at most so many milliseconds. */
  public double p50Millis() {
    return millis(0.50);
  }

  /** 99 of 100 took at most so many milliseconds; of less than 100, the longest. */
  public double p99Millis() {
    return millis(0.99);
  }

  /** The longest, milliseconds. */
  public double maxMillis() {
    return millis(1);
  }

  private double millis(double share) {
    int place = (int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
    return Math.round(sorted[Math.max(0, place)] / NANOS_A_MILLI * 100) / 100.0;
  }
}
