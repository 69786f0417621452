package org.positionmanager.activities.alpaca;

/** Who goes first where requests are scarce; in order of precedence. */
public enum Urgency {
  EXIT,
  CANCEL,
  READ
}
