package org.positionmanager.workflows.plan;

/** The dispatcher's strategy types. */
public enum Strategy {
  DAY_TRADE,
  SWING_TRADE,
  CONSERVATIVE,
  STOCK
}
