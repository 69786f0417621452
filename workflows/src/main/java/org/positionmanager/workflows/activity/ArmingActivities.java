package org.positionmanager.workflows.activity;

import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;

/** Gives permission to the account's watch, and takes it away; through the ledger. */
@ActivityInterface
public interface ArmingActivities {
  /**
   * Arms an exit in place of what was armed before; repeating it, or coming later than a higher
   * arming, changes nothing.
   *
   * @param patience real time to wait for the watch to acknowledge it; zero to not wait
   */
  Acknowledgement arm(ArmedExit armed, Duration patience);

  /**
   * Takes the permission away.
   *
   * @param arming the number of this change, higher than that of what was armed
   */
  Acknowledgement disarm(PositionId position, int arming, String why, Duration patience);
}
