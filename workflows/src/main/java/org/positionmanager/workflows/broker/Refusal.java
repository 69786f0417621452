package org.positionmanager.workflows.broker;

/**
 * The broker said no, and said it clearly: no order came into being.
 *
 * @param status the HTTP status
 * @param code Alpaca's code, 0 where it gave none
 * @param message the broker's words, for people
 */
public record Refusal(Kind kind, int status, long code, String message) {
  /** What a refusal means for what to do next. */
  public enum Kind {
    /** Open orders hold the quantity: cancel them, wait, send again. */
    HELD_BY_ORDERS,
    /**
     * Nothing (or too little) is held any more, or the order would open: read again, never force.
     */
    NOT_HELD,
    /** Outside the hours in which this order may be sent: wait for the open. */
    MARKET_CLOSED,
    /** Too many requests; nothing is wrong with the order. */
    RATE_LIMITED,
    /** A retry will not mend it: a person has to look. */
    NEEDS_A_PERSON
  }

  @Override
  public String toString() {
    return message + " (" + status + "/" + code + ")";
  }
}
