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
  WATCH,
  /** The latest trade of an option's underlying. */
  UNDERLYING_TRADE,
  /** The quote as the market data has it too, where that is newer than the account's watch's. */
  READ_QUOTE
}
