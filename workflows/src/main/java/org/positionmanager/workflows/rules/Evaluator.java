package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;

/**
 * Judges a plan once: pure, the same answer for the same input. Who judges many quotes of a
 * position keeps a {@link Judge}, which does the arithmetic once.
 *
 * <p>Precedence is the order of {@link RuleKind}. All rules are judged, so that the trace is whole;
 * the first that fires decides. While a minimum hold runs, it forbids what {@link
 * RuleKind#waitsForMinimumHold()}.
 */
public final class Evaluator {
  private Evaluator() {}

  /** The plan's decision with the trace of every rule. */
  public static Decision evaluate(Plan plan, Basis basis, Observation seen) {
    return Judge.of(plan, basis).judge(seen);
  }

  /** The basis with what an observation tells; see {@link Judge#after}. */
  public static Basis observe(Plan plan, Basis basis, Observation seen) {
    return Judge.of(plan, basis).after(seen).basis();
  }

  /** The next moment at which time alone can change the decision. */
  public static Optional<Instant> nextChange(Plan plan, Basis basis, Observation seen) {
    return Judge.of(plan, basis).nextChange(seen);
  }
}
