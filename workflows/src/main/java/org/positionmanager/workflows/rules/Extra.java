package org.positionmanager.workflows.rules;

/** What an observation holds only where a plan asks for it, because it costs a request. */
public enum Extra {
  /** The instrument's latest trade. */
  LAST_TRADE,
  /** The quote of an option's underlying. */
  UNDERLYING,
  /** The account's equity. */
  EQUITY,
  /** What the account's watch has seen. */
  WATCH
}
