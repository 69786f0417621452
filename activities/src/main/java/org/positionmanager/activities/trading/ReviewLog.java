package org.positionmanager.activities.trading;

import org.positionmanager.workflows.identity.PositionId;

/** Remembers that a position was looked at for a review, for the proof of coverage. */
public interface ReviewLog {
  /** Notes it as of now. Never fails a review: what cannot be noted is a gap in the proof. */
  void reviewed(PositionId position);
}
