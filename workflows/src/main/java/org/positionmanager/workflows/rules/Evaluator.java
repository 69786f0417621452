package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;

/** Judges a plan: pure, the same answer for the same input. */
public final class Evaluator {
  private Evaluator() {}

  /** The plan's decision with the trace of every rule. */
  public static Decision evaluate(Plan plan, Basis basis, Observation seen) {
    List<RuleTrace> trace = plan.rules().stream().map(rule -> rule.judge(basis, seen)).toList();
    for (int i = 0; i < trace.size(); i++) {
      if (trace.get(i).verdict() == Verdict.FIRED) {
        return new Decision.Exit(plan.rules().get(i).reason(), trace.get(i), trace);
      }
    }
    return new Decision.Hold(trace);
  }

  /** The basis with its peak raised, where the quote is usable. */
  public static Basis observe(Plan plan, Basis basis, Observation seen) {
    return seen.quote().map(quote -> basis.seeing(quote.mid())).orElse(basis);
  }

  /** The next moment at which time alone can change the decision. */
  public static Optional<Instant> nextChange(Plan plan, Basis basis, Observation seen) {
    return plan.rules().stream()
        .flatMap(rule -> rule.nextChange(basis, seen).stream())
        .min(Instant::compareTo);
  }
}
