package org.positionmanager.workflows.position;

/** Where a position is in its life. */
public enum Phase {
  /** The entry is announced, its fill not seen yet. */
  AWAITING_ENTRY,
  /** Filled, judged by its plan, an exit is not under way. */
  PROTECTED,
  /** An exit is decided; stays so, with the reason visible, until the broker has settled it. */
  EXITING,
  /** The broker says that the holding is gone, and the history is written. */
  CLOSED,
  /** The entry never filled. */
  NEVER_OPENED;

  public boolean isFinal() {
    return this == CLOSED || this == NEVER_OPENED;
  }
}
