package org.positionmanager.benchmarks.system;

import java.time.Duration;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param alone rows inserted one by one
 * @param samples breaches one at a time
 * @param warmUp breaches before them that are not counted
 * @param starts of a worker, each with its first breach
 * @param kills of a worker, each with a breach in every account
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
    int kills,
    Duration quiet,
    Duration actions,
    int reviewed,
    Duration reviewEvery) {
  private static final int ARMING_WARM_UP = 10;

  /** What the published figures come from. */
  static Scale full(int positions) {
    return new Scale(
        100,
        300,
        20,
        5,
        3,
        Duration.ofMinutes(10),
        Duration.ofSeconds(120),
        Math.min(positions, 1_000),
        Duration.ofSeconds(60));
  }

  /** Under five minutes for 80 positions on two cores. */
  static Scale quick(int positions) {
    return new Scale(
        10,
        30,
        10,
        1,
        1,
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Math.min(positions, 20),
        Duration.ofSeconds(10));
  }

  /** The same with so many breaches one at a time, and a fifth as many before that do not count. */
  Scale sampling(int breaches) {
    return new Scale(
        alone,
        breaches,
        Math.min(warmUp, breaches / 5),
        starts,
        kills,
        quiet,
        actions,
        reviewed,
        reviewEvery);
  }

  /** Positions that breach each by itself, or are opened each by itself, in these parts. */
  int probes(Set<Part> parts, int accounts) {
    int probes = 0;
    for (Part part : parts) {
      probes +=
          switch (part) {
            case ACTIONS, CALLS -> accounts;
            case TAKEOVER -> kills * accounts;
            case ARMING -> aloneWithWarmUp();
            case BREACH -> samples + warmUp;
            case COLD -> starts;
            case RULES, BATCH, REVIEW -> 0;
          };
    }
    return probes;
  }

  /** Rows one by one, with those that come first and do not count: the code is new then. */
  int aloneWithWarmUp() {
    return alone + ARMING_WARM_UP;
  }
}
