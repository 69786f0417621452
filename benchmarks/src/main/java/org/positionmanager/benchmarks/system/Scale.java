package org.positionmanager.benchmarks.system;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param alone rows inserted one by one
 * @param samples breaches one at a time
 * @param warmUp breaches before them that are not counted
 * @param starts of a worker, each with its first breach
 * @param quiet how long nothing happens while calls are counted
 * @param actions how long engine actions are counted, in which exchange time runs at {@link
 *     QuietStage#SPEED}
 * @param reviewed positions without a watch
 * @param reviewEvery interval of their reviews
 */
record Scale(
    int alone,
    int samples,
    int warmUp,
    int starts,
    Duration quiet,
    Duration actions,
    int reviewed,
    Duration reviewEvery) {
  /** What the published figures come from. */
  static Scale full(int positions) {
    return new Scale(
        100,
        300,
        20,
        5,
        Duration.ofMinutes(10),
        Duration.ofSeconds(120),
        Math.min(positions, 1_000),
        Duration.ofSeconds(60));
  }

  /** Within five minutes for 1,000 positions. */
  static Scale quick(int positions) {
    return new Scale(
        20,
        100,
        20,
        2,
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Math.min(positions, 200),
        Duration.ofSeconds(15));
  }

  /** Probes that all parts together use up. */
  int probes(int accounts) {
    return samples + warmUp + accounts + starts;
  }
}
