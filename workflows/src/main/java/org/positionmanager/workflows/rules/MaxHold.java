package org.positionmanager.workflows.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.value.Price;

/** Fires when the position has been held for the longest time or more (at the moment itself). */
public record MaxHold(Duration longest) implements ExitRule {
  @Override
  public String name() {
    return "max hold";
  }

  @Override
  public ExitReason reason() {
    return ExitReason.MAX_HOLD;
  }

  @Override
  public RuleTrace judge(Basis basis, Observation seen) {
    Instant due = basis.filledAt().plus(longest);
    boolean fired = !seen.moment().now().isBefore(due);
    return new RuleTrace(
        name(),
        fired ? Verdict.FIRED : Verdict.HELD,
        due.toString(),
        seen.moment().now().toString(),
        fired ? "held for the longest time allowed" : "not held for the longest time yet");
  }

  @Override
  public Optional<Price> level(Basis basis) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> nextChange(Basis basis, Observation seen) {
    Instant due = basis.filledAt().plus(longest);
    return due.isAfter(seen.moment().now()) ? Optional.of(due) : Optional.empty();
  }
}
