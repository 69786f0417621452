package org.positionmanager.activities.alpaca;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often an account's connection to the broker was lost: a request without an answer, one
 * whose key was refused, a stream that went down. Behind the next connection there may be another
 * broker, or a key that was changed, so what the key opens is to be looked at again after each.
 */
public final class ConnectionBreaks {
  private final AtomicLong count = new AtomicLong();

  /** Since the account's connection was opened first. */
  public long count() {
    return count.get();
  }

  void note() {
    count.incrementAndGet();
  }
}
