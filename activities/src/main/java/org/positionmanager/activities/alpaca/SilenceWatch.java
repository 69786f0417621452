package org.positionmanager.activities.alpaca;

import java.time.Duration;

/**
 * Whether a stream has told nothing for too long. What was found silent stays so, also over a new
 * connection, until it tells something: what was seen to fail has to prove itself. Moments are
 * monotonic nanoseconds.
 */
final class SilenceWatch {
  private final long patience;
  private volatile long heardAt;
  private volatile boolean silent;

  SilenceWatch(Duration patience) {
    this.patience = patience.toNanos();
  }

  boolean isSilent() {
    return silent;
  }

  /** The count begins anew, without anything having been told. */
  void restart(long now) {
    heardAt = now;
  }

  /** Something was told; returns whether that ends a silence. */
  boolean heard(long arrivedAt) {
    heardAt = arrivedAt;
    if (!silent) {
      return false;
    }
    silent = false;
    return true;
  }

  /** Nothing is expected of it now; returns whether that ends a silence. */
  boolean excuse(long now) {
    return heard(now);
  }

  /** Something is expected of it; returns whether a silence begins. */
  boolean look(long now) {
    if (silent || !isOverdue(now)) {
      return false;
    }
    silent = true;
    return true;
  }

  boolean isOverdue(long now) {
    return now - heardAt >= patience;
  }
}
