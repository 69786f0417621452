package org.positionmanager.benchmarks.system;

import java.time.Duration;

/**
 * Pauses between looks at what is measured, so long that looking takes a twentieth of a processor
 * at most: the more there is to look at, the longer a look takes.
 */
final class Looking {
  private static final int TIMES_THE_LOOK = 20;

  private final Duration least;
  private long began = System.nanoTime();

  private Looking(Duration least) {
    this.least = least;
  }

  /**
   * The first look begins now.
   *
   * @param least the shortest pause
   */
  static Looking each(Duration least) {
    return new Looking(least);
  }

  /** A look has ended; the next begins when this returns. */
  void pause() throws InterruptedException {
    Duration look = Duration.ofNanos(System.nanoTime() - began);
    Duration pause = look.multipliedBy(TIMES_THE_LOOK);
    Thread.sleep(pause.compareTo(least) > 0 ? pause : least);
    began = System.nanoTime();
  }
}
