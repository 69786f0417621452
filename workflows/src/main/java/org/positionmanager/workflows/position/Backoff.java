package org.positionmanager.workflows.position;

import java.time.Duration;

/** Growing waits, so that nothing loops hot. */
public final class Backoff {
  private Backoff() {}

  /** Doubles from the first wait with each failure in a row, up to the longest. */
  public static Duration after(int failures, Duration first, Duration longest) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
