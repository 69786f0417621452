package org.positionmanager.workflows.sync;

/** What becomes of a holding that nobody tracks. */
public enum Adopting {
  /** It is watched by the account's default plan at once, whenever it was opened. */
  WATCH,
  /**
   * The same, but what was held before the account's first good sync begins paused: those who have
   * held something for long did not ask for a plan of hours.
   */
  PAUSED,
  /** It is told and left alone. */
  OFF
}
