package org.positionmanager.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an account's owner asks of the broker by {@code /v2/account/configurations}: never more than
 * the broker grants. Names are Alpaca's.
 *
 * @param suspendTrade new orders are refused
 * @param noShorting shares are not sold short
 * @param fractionalTrading whether fractions of shares may be bought
 * @param maxMarginMultiplier 1, 2 or 4, as a text
 * @param maxOptionsTradingLevel 0 none to 3 spreads
 * @param tradeConfirmEmail all or none; nothing is sent here
 * @param ptpNoExceptionEntry without effect here
 * @param disableOvernightTrading without effect: there is no overnight session here
 */
record AccountWishes(
    @JsonProperty("suspend_trade") boolean suspendTrade,
    @JsonProperty("no_shorting") boolean noShorting,
    @JsonProperty("fractional_trading") boolean fractionalTrading,
    @JsonProperty("max_margin_multiplier") String maxMarginMultiplier,
    @JsonProperty("max_options_trading_level") int maxOptionsTradingLevel,
    @JsonProperty("trade_confirm_email") String tradeConfirmEmail,
    @JsonProperty("ptp_no_exception_entry") boolean ptpNoExceptionEntry,
    @JsonProperty("disable_overnight_trading") boolean disableOvernightTrading) {
  static final AccountWishes USUAL =
      new AccountWishes(false, false, true, "4", 3, "all", false, false);

  AccountWishes {
    if (maxMarginMultiplier == null || !maxMarginMultiplier.matches("[124]")) {
      throw new IllegalArgumentException("max_margin_multiplier must be 1, 2 or 4");
    }
    if (maxOptionsTradingLevel < 0 || maxOptionsTradingLevel > 3) {
      throw new IllegalArgumentException("max_options_trading_level must be 0, 1, 2 or 3");
    }
    if (tradeConfirmEmail == null || !tradeConfirmEmail.matches("all|none")) {
      throw new IllegalArgumentException("trade_confirm_email must be all or none");
    }
  }

  /** What holds of what the broker grants. */
  AccountSettings within(AccountSettings granted) {
    return new AccountSettings(
        granted.requestsPerMinute(),
        Math.min(granted.optionsLevel(), maxOptionsTradingLevel),
        Math.min(granted.multiplier(), Integer.parseInt(maxMarginMultiplier)),
        granted.shorting() && !noShorting,
        granted.locked(),
        granted.fillDelayMillis(),
        granted.cancelWindowMillis(),
        granted.replaceWindowMillis(),
        granted.largestFill(),
        granted.washTradeCheck(),
        granted.lastOpening(),
        granted.assignmentLocks());
  }
}
