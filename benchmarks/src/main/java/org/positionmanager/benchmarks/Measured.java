package org.positionmanager.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * One measurement, as a row for people and programs.
 *
 * @param name what was measured
 * @param n how many times
 * @param perSecond how often a second; 0 where only durations count
 * @param p50Millis half took at most so long
 * @param p99Millis 99 of 100 took at most so long
 * @param maxMillis the longest
 * @param target what it has to reach, in words
 * @param met whether it did
 */
public record Measured(
    String name,
    long n,
    @JsonProperty("per_second") long perSecond,
    @JsonProperty("p50_ms") double p50Millis,
    @JsonProperty("p99_ms") double p99Millis,
    @JsonProperty("max_ms") double maxMillis,
    String target,
    boolean met) {
  private static final double NANOS_A_SECOND = 1_000_000_000;

  /**
   * How often something happened in a while.
   *
   * @param lasted for how long it was counted
   * @param nanos how long each took; at least one
   * @param atLeast a second, the target
   */
  public static Measured rate(
      String name, long count, Duration lasted, long[] nanos, long atLeast) {
    Latencies latencies = Latencies.of(nanos);
    long perSecond = (long) (count * NANOS_A_SECOND / lasted.toNanos());
    return new Measured(
        name,
        count,
        perSecond,
        latencies.p50Millis(),
        latencies.p99Millis(),
        latencies.maxMillis(),
        "at least %d a second".formatted(atLeast),
        perSecond >= atLeast);
  }

  /** For people: one line. */
  public String line() {
    return "%-44s %9d/s  p50 %8.2f ms  p99 %8.2f ms  max %8.2f ms  %s: %s"
        .formatted(
            name, perSecond, p50Millis, p99Millis, maxMillis, target, met ? "met" : "NOT MET");
  }
}
