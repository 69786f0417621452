package org.positionmanager.benchmarks.system;

import java.util.SplittableRandom;

/** Falls at random moments, on average once in so many milliseconds of the machine's time. */
final class Dice {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final long meanNanos;
  private final SplittableRandom random;
  private long next;

  Dice(int meanMillis, SplittableRandom random) {
    this.meanNanos = meanMillis * NANOS_A_MILLI;
    this.random = random;
    next = System.nanoTime();
    ahead();
  }

  /** The time between two falls of what happens independently of all else. */
  private void ahead() {
    next += (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
  }

  /** Whether it has fallen since it was last looked at; several falls count one by one. */
  boolean falls() {
    if (System.nanoTime() - next < 0) {
      return false;
    }
    ahead();
    return true;
  }
}
