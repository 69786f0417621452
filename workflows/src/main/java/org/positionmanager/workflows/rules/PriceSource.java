package org.positionmanager.workflows.rules;

/** Where a price to judge by may come from, best first in a plan. */
public enum PriceSource {
  /** The middle of bid and ask. */
  MID,
  /**
   * The side that an exit trades against: the bid for a long, the ask for a short. Pessimistic
   * where the spread is wide.
   */
  NEAR_SIDE,
  /** The latest trade. */
  LAST_TRADE
}
