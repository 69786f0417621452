package org.positionmanager.workflows.rules;

/** Why a position is closed, or was found closed. */
public enum ExitReason {
  TARGET,
  STOP,
  CATASTROPHIC_STOP,
  TRAILING_STOP,
  MAX_HOLD,
  DAY_TRADE_CLOSE,
  EXPIRY,
  /** A person asked, by command, Update or Signal. */
  MANUAL,
  /** The holding went without us: a bracket leg, a person at the broker. */
  CLOSED_ELSEWHERE
}
