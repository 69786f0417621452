package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.positionmanager.workflows.value.Quantity;

/** What a plan answered; every failed expectation prints the trace of all rules. */
record Answer(Decision decision, Optional<Instant> nextChange) {
  /** The trace of a plan that has one rule. */
  RuleTrace only(Verdict verdict, Why why) {
    assertThat(decision.trace()).as("%s", this).hasSize(1);
    RuleTrace trace = decision.trace().getFirst();
    assertThat(trace.verdict()).as("%s", this).isEqualTo(verdict);
    assertThat(trace.why()).as("%s", this).isEqualTo(why);
    return trace;
  }

  RuleTrace of(RuleKind kind) {
    return decision.trace().stream()
        .filter(trace -> trace.rule().equals(kind.label()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " is not in " + this));
  }

  Answer says(RuleKind kind, Verdict verdict, Why why) {
    assertThat(of(kind).verdict()).as("%s in %s", kind, this).isEqualTo(verdict);
    assertThat(of(kind).why()).as("%s in %s", kind, this).isEqualTo(why);
    return this;
  }

  Answer exits(List<ExitReason> reasons) {
    assertThat(decision)
        .as("%s", this)
        .isInstanceOfSatisfying(
            Decision.Exit.class, exit -> assertThat(exit.reason()).isIn(reasons));
    return this;
  }

  Answer isUnknown() {
    assertThat(decision).as("%s", this).isInstanceOf(Decision.Unknown.class);
    return this;
  }

  /** How much is closed; empty for all of it. */
  Optional<String> part() {
    assertThat(decision).as("%s", this).isInstanceOf(Decision.Exit.class);
    return ((Decision.Exit) decision).part().map(Quantity::toString);
  }

  @Override
  public String toString() {
    return decision.trace().stream()
        .map(
            it ->
                "  %s: %s, level %s, observed %s, %s"
                    .formatted(it.rule(), it.verdict(), it.level(), it.observed(), it.because()))
        .collect(
            Collectors.joining("\n", decision.getClass().getSimpleName() + " of the plan\n", "\n"));
  }
}
