package org.positionmanager.workflows.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;

/**
 * Judges a plan: pure, the same answer for the same input.
 *
 * <p>Precedence is the order of the plan's rules; the shipped order is catastrophic stop, expiry,
 * day-trade close, max hold, stop, trailing stop, target. All rules are judged, so that the trace
 * is whole; the first that fires decides. While a minimum hold runs, it forbids stop and target
 * only.
 */
public final class Evaluator {
  private Evaluator() {}

  /** The plan's decision with the trace of every rule. */
  public static Decision evaluate(Plan plan, Basis basis, Observation seen) {
    JudgedPrice price = JudgedPrice.of(plan, basis, seen);
    Sight sight = new Sight(basis, seen, price);
    boolean holding = minimumHold(plan).filter(rule -> rule.isWithin(basis, seen)).isPresent();
    List<RuleTrace> trace = new ArrayList<>();
    Optional<ExitRule> decided = Optional.empty();
    Optional<RuleTrace> deciding = Optional.empty();
    for (ExitRule rule : plan.rules()) {
      RuleTrace answer = suppressed(rule, rule.judge(sight), holding);
      trace.add(answer);
      if (answer.verdict() == Verdict.FIRED && decided.isEmpty()) {
        decided = Optional.of(rule);
        deciding = Optional.of(answer);
      }
    }
    List<RuleTrace> whole = List.copyOf(trace);
    if (decided.isPresent()) {
      return new Decision.Exit(decided.get().reason(), deciding.orElseThrow(), whole);
    }
    return whole.stream()
        .filter(answer -> answer.verdict() == Verdict.UNKNOWN)
        .findFirst()
        .<Decision>map(answer -> new Decision.Unknown(answer.because(), whole))
        .orElseGet(() -> new Decision.Hold(whole));
  }

  /** The basis with its peak raised, where the quote is usable. */
  public static Basis observe(Plan plan, Basis basis, Observation seen) {
    return switch (JudgedPrice.of(plan, basis, seen)) {
      case JudgedPrice.Usable(var mid) -> basis.seeing(mid);
      case JudgedPrice.Unusable unusable -> basis;
    };
  }

  /** The next moment at which time alone can change the decision. */
  public static Optional<Instant> nextChange(Plan plan, Basis basis, Observation seen) {
    return plan.rules().stream()
        .flatMap(rule -> rule.nextChange(basis, seen).stream())
        .min(Instant::compareTo);
  }

  private static Optional<CatastrophicStop> minimumHold(Plan plan) {
    return plan.rules().stream()
        .filter(CatastrophicStop.class::isInstance)
        .map(CatastrophicStop.class::cast)
        .findFirst();
  }

  private static RuleTrace suppressed(ExitRule rule, RuleTrace answer, boolean holding) {
    if (!holding || !rule.waitsForMinimumHold() || answer.verdict() != Verdict.FIRED) {
      return answer;
    }
    return new RuleTrace(
        answer.rule(),
        Verdict.SUPPRESSED,
        answer.level(),
        answer.observed(),
        "suppressed by the minimum hold: " + answer.because());
  }
}
