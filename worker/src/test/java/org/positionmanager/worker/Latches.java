package org.positionmanager.worker;

import java.util.concurrent.CountDownLatch;

/** Latches where nothing may be thrown. */
final class Latches {
  private Latches() {}

  /** Returns at its end, or where the thread is interrupted, which stays known. */
  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
