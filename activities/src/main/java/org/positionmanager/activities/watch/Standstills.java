package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Notices by the monotonic clock that the process stood still for so long that another may hold the
 * watch: then nothing may be sent before what is armed was read again. They are counted, so that
 * one which happens during that reading is not mended by it.
 */
final class Standstills {
  private final LongSupplier nanoClock;
  private final long after;

  /** Nothing was read yet, which is as good as a standstill. */
  private final AtomicLong noticed = new AtomicLong(1);

  private final AtomicLong mended = new AtomicLong();

  /** When the process was last known to run. */
  private volatile long pulse;

  /**
   * @param after how long the process may stand still
   */
  Standstills(LongSupplier nanoClock, Duration after) {
    this.nanoClock = nanoClock;
    this.after = after.toNanos();
    this.pulse = nanoClock.getAsLong();
  }

  /** The process runs: called by one thread that waits for nothing else. */
  void pulse() {
    long now = nanoClock.getAsLong();
    notice(now);
    pulse = now;
  }

  /** One may be counted more than once until the next pulse, which costs a reading more. */
  private void notice(long now) {
    if (now - pulse > after) {
      noticed.incrementAndGet();
    }
  }

  /** How long ago the last pulse was. */
  Duration sincePulse() {
    return Duration.ofNanos(nanoClock.getAsLong() - pulse);
  }

  /** Whether what is armed has to be read before anything is sent. */
  boolean mustReload() {
    notice(nanoClock.getAsLong());
    return noticed.get() != mended.get();
  }

  /** How many were noticed so far: to be asked for before the reading begins. */
  long noticed() {
    notice(nanoClock.getAsLong());
    return noticed.get();
  }

  /** All was read again, after so many were noticed; any later one is still to be mended. */
  void mended(long sinceThen) {
    mended.accumulateAndGet(sinceThen, Math::max);
  }
}
