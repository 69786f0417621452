package org.positionmanager.worker;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Tries something again and again until it is settled, less and less often: from 2 s to 60 s. */
final class Retry implements AutoCloseable {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final BooleanSupplier settled;
  private final Thread thread;

  private Retry(String name, BooleanSupplier settled) {
    this.settled = settled;
    thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins with a pause.
   *
   * @param name of the thread
   * @param settled tries once, and says whether that was the last time
   */
  static Retry begin(String name, BooleanSupplier settled) {
    Retry retry = new Retry(name, settled);
    retry.thread.start();
    return retry;
  }

  private void run() {
    Duration wait = FIRST;
    try {
      do {
        Thread.sleep(wait);
        Duration twice = wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
      } while (!settled.getAsBoolean());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries no more, and interrupts the try that runs; returns at once. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
