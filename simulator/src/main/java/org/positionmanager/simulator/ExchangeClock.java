package org.positionmanager.simulator;

import java.time.Instant;
import java.util.function.LongSupplier;

/** Exchange time: runs at a multiple of real time, or stands until it is stepped (speed 0). */
final class ExchangeClock {
  private final LongSupplier nanos;
  private Instant anchor;
  private long anchoredAt;
  private double speed;

  ExchangeClock(Instant start, double speed, LongSupplier nanos) {
    this.nanos = nanos;
    this.speed = speed;
    anchor = start;
    anchoredAt = nanos.getAsLong();
  }

  synchronized Instant now() {
    return anchor.plusNanos((long) ((nanos.getAsLong() - anchoredAt) * speed));
  }

  synchronized double speed() {
    return speed;
  }

  synchronized void set(Instant now, double newSpeed) {
    anchor = now;
    anchoredAt = nanos.getAsLong();
    speed = newSpeed;
  }
}
