package org.positionmanager.activities.watch;

import java.time.Duration;

/**
 * How many exits the watches of this process are sending. What can wait lets them go first: a
 * workflow that is told of its exit begins some ten steps in engine, worker and ledger, and while
 * many positions breach at once those would take the processor from the exits not sent yet.
 */
public final class ExitsUnderWay {
  private int count;

  synchronized void begins() {
    count++;
  }

  synchronized void ends() {
    count--;
    if (count == 0) {
      notifyAll();
    }
  }

  /** Returns when none is under way, or after that time. */
  synchronized void letPass(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (count > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
