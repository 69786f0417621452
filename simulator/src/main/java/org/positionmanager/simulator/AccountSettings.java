package org.positionmanager.simulator;

import java.time.LocalTime;
import java.util.Set;

/**
 * How the exchange treats an account; set by an admin call, kept like everything that happened.
 *
 * @param requestsPerMinute more are answered with 429; 0 for no limit
 * @param optionsLevel 0 none, 1 covered calls and cash-secured puts, 2 long options, 3 spreads
 * @param multiplier of equity that makes buying power: 1, 2 or 4
 * @param shorting whether shares may be sold short
 * @param locked whether the broker refuses every order, as after a review
 * @param fillDelayMillis exchange time between an order and its first fill
 * @param cancelWindowMillis exchange time that a cancel is pending and a fill may win
 * @param replaceWindowMillis exchange time that a replacement is pending and a fill may win
 * @param largestFill most shares or contracts in one fill, at most one each 15 s; 0 fills in whole
 * @param washTradeCheck whether orders that could trade with each other are refused
 * @param lastOpening New York time from which options on their last day cannot be opened, and what
 *     cannot be exercised is sold: 15:15 by Alpaca's support pages, 15:30 by its documentation
 * @param assignmentLocks option symbols that cannot be closed while an assignment is worked on
 */
record AccountSettings(
    int requestsPerMinute,
    int optionsLevel,
    int multiplier,
    boolean shorting,
    boolean locked,
    long fillDelayMillis,
    long cancelWindowMillis,
    long replaceWindowMillis,
    int largestFill,
    boolean washTradeCheck,
    LocalTime lastOpening,
    Set<String> assignmentLocks) {
  static final AccountSettings USUAL =
      new AccountSettings(0, 2, 1, true, false, 0, 0, 0, 0, true, LocalTime.of(15, 15), Set.of());

  AccountSettings {
    assignmentLocks = assignmentLocks == null ? Set.of() : Set.copyOf(assignmentLocks);
    if (lastOpening == null) {
      throw new IllegalArgumentException("lastOpening must be a time, for instance 15:15");
    }
    if (requestsPerMinute < 0 || fillDelayMillis < 0 || largestFill < 0) {
      throw new IllegalArgumentException("limits, delays and sizes must be 0 or more");
    }
    if (cancelWindowMillis < 0 || replaceWindowMillis < 0) {
      throw new IllegalArgumentException("windows must be 0 or more milliseconds");
    }
    if (optionsLevel < 0 || optionsLevel > 3) {
      throw new IllegalArgumentException("optionsLevel must be 0, 1, 2 or 3");
    }
    if (multiplier != 1 && multiplier != 2 && multiplier != 4) {
      throw new IllegalArgumentException("multiplier must be 1, 2 or 4");
    }
  }

  /** The same with another limit of requests a minute; 0 for none. */
  AccountSettings limitedTo(int requests) {
    return new AccountSettings(
        requests,
        optionsLevel,
        multiplier,
        shorting,
        locked,
        fillDelayMillis,
        cancelWindowMillis,
        replaceWindowMillis,
        largestFill,
        washTradeCheck,
        lastOpening,
        assignmentLocks);
  }
}
