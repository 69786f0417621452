package org.positionmanager.workflows.watch;

/** Whether a watch goes by what was armed last. */
public enum Acknowledgement {
  /** A live watch holds it. */
  ACKNOWLEDGED,
  /** A watch is alive and has not said so yet: it may still act by what was armed before. */
  NOT_YET,
  /** No watch is alive: nothing acts but the workflow itself. */
  NO_WATCH
}
