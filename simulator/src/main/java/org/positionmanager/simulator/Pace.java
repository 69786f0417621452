package org.positionmanager.simulator;

import java.time.Instant;

/**
 * How fast exchange time runs from a moment on.
 *
 * @param from exchange time
 * @param open exchange seconds in one real second while the market is open; 0 stands still until
 *     time is stepped
 * @param closed the same while it is closed
 */
public record Pace(Instant from, double open, double closed) {
  public Pace {
    if (!(open >= 0) || !(closed >= 0)) {
      throw new IllegalArgumentException(
          "a pace must be 0 or more exchange seconds a second, got open %s and closed %s"
              .formatted(open, closed));
    }
  }
}
