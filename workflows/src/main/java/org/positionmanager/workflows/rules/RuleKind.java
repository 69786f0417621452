package org.positionmanager.workflows.rules;

/**
 * Every kind of rule, in the order of precedence: where several fire at once, the first listed here
 * decides why, and how much is closed. What cannot wait comes first, what would close only a part
 * last, so that a partial exit never hides a stop.
 */
public enum RuleKind {
  /** See {@link CatastrophicStop}. */
  CATASTROPHIC_STOP("catastrophic stop", ExitReason.CATASTROPHIC_STOP, Purpose.PROTECTS),
  /** See {@link Expiry}. */
  EXPIRY("expiry", ExitReason.EXPIRY, Purpose.WATCHES_TIME),
  /** See {@link ExpiryCutOff}. */
  EXPIRY_CUT_OFF("expiry cut-off", ExitReason.EXPIRY, Purpose.WATCHES_TIME),
  /** See {@link AssignmentGuard}. */
  ASSIGNMENT_GUARD("assignment guard", ExitReason.ASSIGNMENT_GUARD, Purpose.WATCHES_UNDERLYING),
  /** See {@link DayTradeClose}. */
  DAY_TRADE_CLOSE("day-trade close", ExitReason.DAY_TRADE_CLOSE, Purpose.WATCHES_TIME),
  /** See {@link GradedClose}. */
  GRADED_CLOSE("graded close", ExitReason.END_OF_DAY, Purpose.PROTECTS),
  /** See {@link OvernightCheck}. */
  OVERNIGHT_CHECK("overnight check", ExitReason.END_OF_DAY, Purpose.WATCHES_TIME),
  /** See {@link MaxHold}. */
  MAX_HOLD("max hold", ExitReason.MAX_HOLD, Purpose.WATCHES_TIME),
  /** See {@link StopLoss}. */
  STOP("stop", ExitReason.STOP, Purpose.PROTECTS),
  /** See {@link UnderlyingStop}. */
  UNDERLYING_STOP("underlying stop", ExitReason.UNDERLYING_STOP, Purpose.WATCHES_UNDERLYING),
  /** See {@link BreakEven}. */
  BREAK_EVEN("break-even", ExitReason.BREAK_EVEN, Purpose.PROTECTS),
  /** See {@link TrailingStop}. */
  TRAILING_STOP("trailing stop", ExitReason.TRAILING_STOP, Purpose.PROTECTS),
  /** See {@link TrailingPercent}. */
  TRAILING_PERCENT("trailing percent", ExitReason.TRAILING_STOP, Purpose.PROTECTS),
  /** See {@link TrailingAmount}. */
  TRAILING_AMOUNT("trailing amount", ExitReason.TRAILING_STOP, Purpose.PROTECTS),
  /** See {@link TrailingLadder}. */
  TRAILING_LADDER("trailing ladder", ExitReason.TRAILING_STOP, Purpose.PROTECTS),
  /** See {@link ThetaDecay}. */
  THETA_DECAY("theta decay", ExitReason.THETA_DECAY, Purpose.PROTECTS),
  /** See {@link TimeStop}. */
  TIME_STOP("time stop", ExitReason.TIME_STOP, Purpose.PROTECTS),
  /** See {@link ProfitTarget}. */
  TARGET("target", ExitReason.TARGET, Purpose.TAKES_PROFIT),
  /** See {@link ShrinkingTarget}. */
  SHRINKING_TARGET("shrinking target", ExitReason.TARGET, Purpose.TAKES_PROFIT),
  /** See {@link DteLadder}. */
  DTE_LADDER("DTE ladder", ExitReason.TARGET, Purpose.TAKES_PROFIT),
  /** See {@link PartialExit}. */
  PARTIAL_EXIT("partial exit", ExitReason.PARTIAL_TARGET, Purpose.TAKES_PROFIT),
  /** See {@link RollProposal}. */
  ROLL_PROPOSAL("roll proposal", ExitReason.MANUAL, Purpose.PROPOSES);

  /** What a kind of rule is for; decides which prices it may be judged by. */
  enum Purpose {
    /**
     * Ends losses or keeps gains. Where quotes have been unusable for too long, it is judged by the
     * plan's next source of prices.
     */
    PROTECTS,
    /** Takes a profit: only ever by a usable quote. */
    TAKES_PROFIT,
    /** Waits for a moment. */
    WATCHES_TIME,
    /** Compares levels of the underlying. */
    WATCHES_UNDERLYING,
    /** Tells people and never exits. */
    PROPOSES
  }

  private final String label;
  private final ExitReason reason;
  private final Purpose purpose;

  RuleKind(String label, ExitReason reason, Purpose purpose) {
    this.label = label;
    this.reason = reason;
    this.purpose = purpose;
  }

  /** Stable name, shown to people and kept in traces. */
  public String label() {
    return label;
  }

  /** What it means when a rule of this kind fires. */
  public ExitReason reason() {
    return reason;
  }

  /** Whether the rule ends losses or keeps gains, by the price of the instrument held. */
  public boolean isProtective() {
    return purpose == Purpose.PROTECTS;
  }

  /**
   * Whether a position is less safe while the rule has no answer: all but what takes profits or
   * proposes.
   */
  public boolean guards() {
    return purpose != Purpose.TAKES_PROFIT && purpose != Purpose.PROPOSES;
  }

  /** Whether the rule compares the price of the instrument held or of its underlying. */
  public boolean comparesPrices() {
    return switch (purpose) {
      case PROTECTS, TAKES_PROFIT, WATCHES_UNDERLYING -> true;
      case WATCHES_TIME, PROPOSES -> false;
    };
  }

  /** Whether the rule compares the price of the underlying with a level of it. */
  public boolean comparesUnderlying() {
    return purpose == Purpose.WATCHES_UNDERLYING;
  }

  /**
   * Whether a minimum hold forbids the rule: targets, the stop and theta decay wait, as in the
   * replaced system; trailing stops do not.
   */
  public boolean waitsForMinimumHold() {
    return purpose == Purpose.TAKES_PROFIT || this == STOP || this == THETA_DECAY;
  }
}
