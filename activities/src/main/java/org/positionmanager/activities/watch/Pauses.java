package org.positionmanager.activities.watch;

import java.time.Duration;

/** Lets time pass on the calling thread. */
@FunctionalInterface
public interface Pauses {
  void pause(Duration time) throws InterruptedException;

  /** Real time. */
  static Pauses real() {
    return Thread::sleep;
  }
}
