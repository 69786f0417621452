package org.positionmanager.activities.live;

/** Why an instrument does not come by its stream. */
public enum Unserved {
  /** The stream is down, or not yet opened. */
  DOWN,
  /** The stream is connected and silent. */
  SILENT,
  /** Asked for and not yet confirmed. */
  PENDING,
  /** Beyond what the broker's plan allows. */
  OVER_LIMIT,
  /** Confirmed by name only for others: the broker's list lacks it. */
  NOT_CONFIRMED,
  /** The broker refused to follow it. */
  REFUSED
}
