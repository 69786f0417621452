package org.positionmanager.activities.live;

/** What happened to an order, by the broker's order updates. */
public enum OrderEvent {
  /** Routed to the exchange. */
  NEW,
  /** Taken by the broker, not yet routed. */
  ACCEPTED,
  /** Received, not yet taken for execution. */
  PENDING_NEW,
  /** Part of it filled. */
  PARTIAL_FILL,
  /** The rest of it filled. */
  FILL,
  /** Cancelled; what had filled stays filled. */
  CANCELED,
  /** A cancellation was asked for; it can still fill. */
  PENDING_CANCEL,
  /** A cancellation was refused: the order lives, or is done already. */
  CANCEL_REJECTED,
  /** Ran out of time. */
  EXPIRED,
  /** Nothing more today. */
  DONE_FOR_DAY,
  /** Another order took its place. */
  REPLACED,
  /** A replacement was asked for. */
  PENDING_REPLACE,
  /** A replacement was refused: the order lives as it was. */
  REPLACE_REJECTED,
  /** Refused by the exchange after the broker had taken it. */
  REJECTED,
  /** Done, its settlement being calculated. */
  CALCULATED,
  /** Trading of it is stopped: a fill is guaranteed but not yet made. */
  STOPPED,
  /** Not eligible for trading now. */
  SUSPENDED,
  /** Waits for another order, as a leg of a bracket does. */
  HELD,
  /** The broker restated the order. */
  RESTATED,
  /** A trade was taken back: fills have to be read again. */
  TRADE_BUST,
  /** A trade was corrected: fills have to be read again. */
  TRADE_CORRECT,
  /** A word that this program does not know: the order's own status says more. */
  OTHER
}
