package org.positionmanager.activities.watch;

import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.WatchSight;

/** What an account's watch has seen, whoever holds it. */
public interface WatchSights {
  /** Empty where nothing was noted of the position. */
  Optional<WatchSight> sight(PositionId position) throws PermissionsUnreadable;
}
