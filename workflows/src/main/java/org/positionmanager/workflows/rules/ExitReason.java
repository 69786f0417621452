package org.positionmanager.workflows.rules;

/** Why a position is closed, or was found closed. */
public enum ExitReason {
  /** A target was reached: fixed, shrinking with time, or by days to expiry. */
  TARGET,
  /** A part was closed at a gain; the rest goes on. */
  PARTIAL_TARGET,
  /** The loss was as large as the plan allows. */
  STOP,
  /** The loss was so large that a minimum hold did not matter. */
  CATASTROPHIC_STOP,
  /** The underlying crossed a level. */
  UNDERLYING_STOP,
  /** It had gained enough to risk nothing, and fell back to its entry. */
  BREAK_EVEN,
  /** Too much of the best gain was given back. */
  TRAILING_STOP,
  /** Too little time value was left for so small a gain. */
  THETA_DECAY,
  /** It did not gain enough in the time it had. */
  TIME_STOP,
  /** It was held as long as the plan allows. */
  MAX_HOLD,
  /** Day trades do not stay over night. */
  DAY_TRADE_CLOSE,
  /** Not good enough to be held through the rest of the day, or over night. */
  END_OF_DAY,
  /** The contract is about to expire. */
  EXPIRY,
  /** The contract could be exercised or assigned. */
  ASSIGNMENT_GUARD,
  /** A person asked, by command, Update or Signal. */
  MANUAL,
  /** The holding went without us: a bracket leg, a person at the broker. */
  CLOSED_ELSEWHERE,
  /** The contract ended worthless. */
  EXPIRED,
  /** The contract was exercised: what it was worth lies in the shares. */
  EXERCISED,
  /** The contract was assigned: what it cost lies in the shares. */
  ASSIGNED,
  /** Its instrument has another symbol: it goes on under that. */
  SYMBOL_CHANGED
}
