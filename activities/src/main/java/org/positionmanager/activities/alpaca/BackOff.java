package org.positionmanager.activities.alpaca;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.positionmanager.activities.live.StreamFault;

/**
 * How long to wait before a connection is tried again: doubling, and drawn by chance between half
 * and all of it, so that many clients of one broken server do not come back at once.
 */
final class BackOff {
  private final StreamSettings settings;
  private final RandomGenerator random;

  BackOff(StreamSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * @param failures in a row before this one
   */
  Duration after(StreamFault fault, int failures) {
    return switch (fault) {
      case CREDENTIALS, NOT_ENTITLED -> jittered(settings.refusedRetry());
      // The lost connection counts for some 90 s: asking four times a second would not shorten it.
      case CONNECTION_LIMIT -> jittered(grown(failures + 3));
      case NOT_YET,
          BROKEN,
          CLOSED,
          NO_ANSWER,
          SLOW_READER,
          SERVER,
          UNREADABLE,
          MISSED_QUOTES,
          UNKNOWN ->
          jittered(grown(failures));
    };
  }

  private Duration grown(int failures) {
    Duration wait = settings.firstRetry();
    for (int i = 0; i < failures && wait.compareTo(settings.longestRetry()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(settings.longestRetry()) < 0 ? wait : settings.longestRetry();
  }

  private Duration jittered(Duration wait) {
    long nanos = wait.toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}
