package org.positionmanager.activities.alpaca;

/** Who goes first where requests are scarce; in order of precedence. */
public enum Urgency {
  /** The order of an exit. */
  EXIT,
  /** The cancellation that frees what an exit is to close. */
  CANCEL,
  /** A read that an exit waits for: behind the orders, so that following them delays none. */
  EXIT_READ,
  /** Any other read. */
  READ
}
