package org.positionmanager.workflows.sync;

import java.time.Duration;

/**
 * What a sync goes by.
 *
 * @param adoptAfter exchange time for which a fresh holding is left to the dispatcher's row
 * @param adopting what becomes of a holding that nobody tracks
 */
public record SyncRules(Duration adoptAfter, Adopting adopting) {
  /** A dispatcher has written its row a minute after its order was filled. */
  public static final SyncRules SHIPPED = new SyncRules(Duration.ofMinutes(1), Adopting.PAUSED);

  /**
   * @throws IllegalArgumentException if negative
   */
  public SyncRules {
    if (adoptAfter.isNegative()) {
      throw new IllegalArgumentException("adoptAfter must not be negative, got: " + adoptAfter);
    }
  }
}
