package org.positionmanager.workflows.replay;

import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;

/**
 * What of a rule's answer people would call the same answer from one quote to the next: verdict,
 * reason, and the stage or step that counts. A level that follows the best price is no part of it,
 * nor are the prices that the answer was made from.
 *
 * @param stage what else tells answers apart; compared, never read
 */
record Standing(Verdict verdict, Why why, Object stage) {
  private static final Object ONLY = "";

  /**
   * @param basis what the answer was made from
   */
  static Standing of(ExitRule rule, Basis basis, RuleTrace answer) {
    return new Standing(answer.verdict(), answer.why(), stage(rule, basis, answer));
  }

  private static Object stage(ExitRule rule, Basis basis, RuleTrace answer) {
    Why why = answer.why();
    if (why == Why.PRICE_UNKNOWN || why == Why.UNDERLYING_UNKNOWN) {
      // the flaw; the note has prices in it
      return answer.verdict() == Verdict.UNKNOWN ? answer.observed() : ONLY;
    }
    if (why == Why.MINIMUM_HOLD || why == Why.NOT_CONFIRMED) {
      return ONLY;
    }
    return rule.kind() == RuleKind.OVERNIGHT_CHECK
        ? answer.note()
        : step(rule, basis, answer.level());
  }

  /** Moments of the day come anew each day: that alone is no other answer. */
  private static Object step(ExitRule rule, Basis basis, Reading level) {
    if (rule instanceof Confirmed confirmed) {
      return step(confirmed.rule(), basis, level);
    }
    if (rule instanceof TrailingLadder ladder) {
      return ladder.steps().stream()
          .filter(step -> basis.bestGain().compareTo(step.gain()) >= 0)
          .count();
    }
    return follows(rule.kind()) || level instanceof Reading.OfMoment ? ONLY : level;
  }

  private static boolean follows(RuleKind kind) {
    return kind == RuleKind.TRAILING_STOP
        || kind == RuleKind.TRAILING_PERCENT
        || kind == RuleKind.TRAILING_AMOUNT;
  }
}
