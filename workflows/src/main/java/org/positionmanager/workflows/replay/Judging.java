package org.positionmanager.workflows.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** All that a replay asks of a plan, which remembers what it saw. */
interface Judging {
  /** Judges the next observation. */
  Judgement judge(Observation seen);

  /** Tells how much is closed, all exits so far together. */
  void closed(Quantity soFar);

  /** Whether a quote of the underlying may change the answer. */
  boolean comparesUnderlying();

  /** From which age on a quote is unknown. */
  Duration staleAfter();

  /**
   * An answer.
   *
   * @param usable the price that was judged; empty where the quote was not usable
   * @param trace every rule in the order of precedence, the same rules each time
   * @param exit what is to be closed now
   * @param nextChange the next moment at which time alone can change the answer
   * @param missed what would have let a rule answer that could not
   */
  record Judgement(
      Optional<Price> usable,
      List<Answered> trace,
      Optional<Exit> exit,
      Optional<Instant> nextChange,
      Set<Extra> missed) {}

  /**
   * One rule's answer; told as text only where somebody wants to read it.
   *
   * @param standing equal to that of another answer of the rule where people would call it the
   *     same: the numbers may differ, the reason and the stage may not
   * @param level the price with which it compares; empty where there is none
   */
  record Answered(
      String rule,
      Verdict verdict,
      Object standing,
      Optional<Price> level,
      Supplier<RuleAnswer> told) {}

  /**
   * The rule that decided.
   *
   * @param part how much to close; empty for all that is open
   */
  record Exit(ExitReason reason, String rule, Optional<Quantity> part) {}
}
