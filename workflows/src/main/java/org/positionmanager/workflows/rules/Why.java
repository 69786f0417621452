package org.positionmanager.workflows.rules;

/** Every way in which a rule can come to its answer: a "no" is as explained as a "yes". */
public enum Why {
  /** FIRED: the price touches the level, or is beyond it. */
  LEVEL_REACHED("the price has reached the level"),
  /** FIRED: the price is beyond the level; touching it would not have been enough. */
  LEVEL_PASSED("the price has passed the level"),
  /** HELD: the price has not come to the level. */
  LEVEL_NOT_REACHED("the price has not reached the level"),
  /** HELD: the rule begins to count at a gain that was not seen yet. */
  NOT_ACTIVE_YET("the best gain has not been large enough to begin"),
  /** FIRED: the moment has come. */
  MOMENT_HAS_COME("the moment has come"),
  /** HELD: the moment has not come. */
  MOMENT_NOT_COME("the moment has not come yet"),
  /** SKIPPED: the market is closed. */
  MARKET_CLOSED("the market is closed"),
  /** SKIPPED: stocks do not expire. */
  DOES_NOT_EXPIRE("it does not expire"),
  /** SKIPPED: the minimum hold is over, the ordinary stop counts. */
  MINIMUM_HOLD_OVER("the minimum hold is over"),
  /** SKIPPED: time works for who sold the option. */
  SOLD_OPTION("time value works for who is short"),
  /** SKIPPED: more days to expiry than the rule asks about. */
  EXPIRY_FAR_AWAY("expiry is further away than the rule looks"),
  /** SKIPPED: too few shares or contracts to close a part. */
  CANNOT_BE_SPLIT("the holding is too small to be closed in parts"),
  /** HELD: all parts are closed already. */
  PART_TAKEN("all that it takes is closed already"),
  /** FIRED: too many criteria for staying over night are not met. */
  CRITERIA_FAILED("criteria for staying over night are not met"),
  /** HELD: enough criteria for staying over night are met. */
  CRITERIA_MET("the criteria for staying over night are met"),
  /** FIRED: the contract is in the money, or too near to it. */
  NEAR_THE_MONEY("the contract is in the money or near it"),
  /** HELD: the contract is far enough out of the money. */
  OUT_OF_THE_MONEY("the contract is out of the money"),
  /** SUPPRESSED: the rule fires, but the minimum hold forbids it. */
  MINIMUM_HOLD("suppressed by the minimum hold"),
  /** SUPPRESSED: the rule fires and is not confirmed yet. */
  NOT_CONFIRMED("suppressed until it is confirmed"),
  /** UNKNOWN: no usable price of the instrument held. */
  PRICE_UNKNOWN("no usable price"),
  /** UNKNOWN: no usable price of the underlying. */
  UNDERLYING_UNKNOWN("no usable price of the underlying"),
  /** UNKNOWN: the average true range that the level is made of was not read yet. */
  RANGE_UNKNOWN("the average true range is not known"),
  /** UNKNOWN: the account's equity was not read. */
  EQUITY_UNKNOWN("the account's equity is not known"),
  /** UNKNOWN: the close of the expiry day's session was not read. */
  EXPIRY_UNKNOWN("the close of the expiry day is not known"),
  /** PROPOSED: roll the contract to a later expiry. */
  ROLL("a person may roll it to a later expiry"),
  /** Read from a record that has the sentence only. */
  TOLD("");

  private final String sentence;

  Why(String sentence) {
    this.sentence = sentence;
  }

  /** One sentence for people, without the numbers. */
  public String sentence() {
    return sentence;
  }
}
