package org.positionmanager.workflows.rules;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Why one rule answered as it did.
 *
 * @param rule the rule's stable name
 * @param level the level it compares with, rounded to the price increment; {@link Reading#NONE}
 *     where it has none
 * @param observed what was compared
 * @param why how it came to the answer
 * @param note what the reason does not say by itself; may be empty
 */
public record RuleTrace(
    String rule, Verdict verdict, Reading level, Reading observed, Why why, String note) {
  static RuleTrace of(RuleKind kind, Verdict verdict, Reading level, Reading observed, Why why) {
    return new RuleTrace(kind.label(), verdict, level, observed, why, "");
  }

  /**
   * Also reads records that have a sentence instead of a reason: traces written before reasons had
   * names.
   */
  @JsonCreator
  static RuleTrace read(
      @JsonProperty("rule") String rule,
      @JsonProperty("verdict") Verdict verdict,
      @JsonProperty("level") Reading level,
      @JsonProperty("observed") Reading observed,
      @JsonProperty("why") Why why,
      @JsonProperty("note") String note,
      @JsonProperty("because") String because) {
    return why == null
        ? new RuleTrace(rule, verdict, level, observed, Why.TOLD, because == null ? "" : because)
        : new RuleTrace(rule, verdict, level, observed, why, note == null ? "" : note);
  }

  /** One sentence for people. */
  public String because() {
    if (why == Why.TOLD || note.isEmpty()) {
      return why == Why.TOLD ? note : why.sentence();
    }
    return why.sentence() + ": " + note;
  }

  /** The same answer, kept back by something else. */
  RuleTrace suppressed(Why by, String detail) {
    return new RuleTrace(rule, Verdict.SUPPRESSED, level, observed, by, detail);
  }
}
