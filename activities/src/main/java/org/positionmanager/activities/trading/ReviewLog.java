package org.positionmanager.activities.trading;

import org.positionmanager.workflows.identity.PositionId;

/** Remembers that a position was looked at for a review, for the proof of coverage. */
public interface ReviewLog {
  /** Notes it as of now, at once: a review waits for nothing that is written. */
  void reviewed(PositionId position);
}
