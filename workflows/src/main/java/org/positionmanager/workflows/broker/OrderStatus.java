package org.positionmanager.workflows.broker;

/** Alpaca's order statuses, as far as decisions differ. */
public enum OrderStatus {
  /**
   * May still fill: new, accepted, pending, held, stopped, suspended, done for day and the like.
   */
  WORKING,
  /** Part of it is filled and the rest may still fill. */
  PARTIALLY_FILLED,
  /** All of it is filled. */
  FILLED,
  /** Cancelled; what had filled until then stays filled. */
  CANCELED,
  /** Ran out of time. */
  EXPIRED,
  /** Refused by the exchange after the broker had taken it. */
  REJECTED,
  /** Another order took its place. */
  REPLACED;

  /** Whether nothing more can come of the order. */
  public boolean isTerminal() {
    return switch (this) {
      case WORKING, PARTIALLY_FILLED -> false;
      case FILLED, CANCELED, EXPIRED, REJECTED, REPLACED -> true;
    };
  }
}
