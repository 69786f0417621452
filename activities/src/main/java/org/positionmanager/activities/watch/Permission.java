package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ArmedExit;

/**
 * What the watch may do for one position.
 *
 * @param arming the number of the permission; a higher one replaces it
 * @param armed the exit that may be sent; empty where the permission was taken away
 * @param peak the best mid that a watch has noted so far; empty where none has
 * @param trough the worst, likewise
 * @param seenUpTo exchange time up to which watches have seen everything, their peak and trough
 *     included; empty where none has judged the position
 */
public record Permission(
    PositionId position,
    int arming,
    Optional<ArmedExit> armed,
    Optional<Price> peak,
    Optional<Price> trough,
    Optional<Instant> seenUpTo) {
  /** Of a position that no watch has judged. */
  public Permission(
      PositionId position,
      int arming,
      Optional<ArmedExit> armed,
      Optional<Price> peak,
      Optional<Price> trough) {
    this(position, arming, armed, peak, trough, Optional.empty());
  }
}
