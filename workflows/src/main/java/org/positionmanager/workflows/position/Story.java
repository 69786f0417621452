package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.value.Price;

/** A position's whole story in Markdown, as the Temporal UI shows it: pure. */
final class Story {
  private Story() {}

  static String of(PositionState state) {
    StringBuilder text = new StringBuilder();
    text.append("### ")
        .append(state.id().instrument())
        .append(" in ")
        .append(state.id().account())
        .append(" — ")
        .append(state.phase());
    state.exitReason().ifPresent(reason -> text.append(" (").append(reason).append(")"));
    text.append("\n\n");
    state.pausedBecause().ifPresent(why -> text.append("**Paused:** ").append(why).append("\n\n"));
    state.note().ifPresent(note -> text.append("**Note:** ").append(note).append("\n\n"));
    state.exit().ifPresent(exit -> exit(text, state, exit));
    state.basis().ifPresent(basis -> basis(text, state, basis));
    state.lastSeen().ifPresent(seen -> seen(text, state, seen));
    levels(text, state);
    state.lastDecision().map(Decision::trace).ifPresent(trace -> trace(text, trace));
    fills(text, state);
    state.shadow().ifPresent(shadow -> shadow(text, shadow));
    return text.toString();
  }

  private static void exit(StringBuilder text, PositionState state, ExitProgress exit) {
    text.append("**Exit ")
        .append(exit.number())
        .append(", attempt ")
        .append(exit.attempt())
        .append(":** ")
        .append(exit.reason())
        .append(" — ")
        .append(exit.why())
        .append("; wanted ")
        .append(exit.wanted())
        .append(", filled ")
        .append(exit.filled())
        .append("; order `")
        .append(exit.clientOrderId(state.id()))
        .append("`\n\n");
    exit.obstacle().ifPresent(what -> text.append("**In the way:** ").append(what).append("\n\n"));
  }

  private static void basis(StringBuilder text, PositionState state, Basis basis) {
    text.append("- ")
        .append(basis.direction())
        .append(' ')
        .append(basis.opened())
        .append(" at ")
        .append(basis.entry())
        .append(", filled ")
        .append(basis.filledAt())
        .append("; held ")
        .append(state.held())
        .append("\n- peak ")
        .append(basis.peak())
        .append(" (")
        .append(basis.bestGain().rounded())
        .append("), worst ")
        .append(basis.trough())
        .append(" (")
        .append(basis.worstGain().rounded())
        .append(")\n");
  }

  private static void seen(StringBuilder text, PositionState state, Observation seen) {
    Optional<Quote> quote = seen.quote();
    text.append("- last seen ").append(seen.moment().now()).append(": ");
    if (quote.isEmpty()) {
      text.append("no quote\n");
      return;
    }
    text.append("bid ")
        .append(quote.get().bid())
        .append(", ask ")
        .append(quote.get().ask())
        .append(", quote age ")
        .append(quote.get().age(seen.moment().now()).toSeconds())
        .append(" s");
    state
        .basis()
        .ifPresent(
            basis ->
                text.append(", gain ")
                    .append(basis.direction().gain(basis.entry(), quote.get().mid()).rounded()));
    text.append("\n");
  }

  private static void levels(StringBuilder text, PositionState state) {
    if (state.plan().isEmpty() || state.basis().isEmpty()) {
      return;
    }
    Plan plan = state.plan().get();
    Instant now =
        state
            .lastSeen()
            .map(seen -> seen.moment().now())
            .orElseGet(() -> state.basis().get().filledAt());
    Optional<Price> mid = state.lastSeen().flatMap(Observation::quote).map(Quote::mid);
    text.append("\n| plan ")
        .append(plan.name().map(name -> name + " ").orElse(""))
        .append("v")
        .append(plan.version())
        .append(" | level | distance |\n|---|---|---|\n");
    for (ExitRule rule : plan.rules()) {
      Optional<Price> level = rule.level(state.basis().get(), now);
      text.append("| ")
          .append(rule.kind().label())
          .append(" | ")
          .append(level.map(Price::toString).orElse("—"))
          .append(" | ")
          .append(
              level
                  .flatMap(at -> mid.filter(it -> !it.isZero()).map(at::changeFrom))
                  .map(distance -> distance.rounded())
                  .orElse("—"))
          .append(" |\n");
    }
  }

  private static void trace(StringBuilder text, List<RuleTrace> trace) {
    text.append("\n| rule | answer | level | observed | because |\n|---|---|---|---|---|\n");
    for (RuleTrace rule : trace) {
      text.append("| ")
          .append(rule.rule())
          .append(" | ")
          .append(rule.verdict())
          .append(" | ")
          .append(rule.level())
          .append(" | ")
          .append(rule.observed())
          .append(" | ")
          .append(rule.because())
          .append(" |\n");
    }
  }

  private static void fills(StringBuilder text, PositionState state) {
    if (state.fills().isEmpty()) {
      return;
    }
    text.append("\n| closed | price | at | order |\n|---|---|---|---|\n");
    state
        .fills()
        .forEach(
            fill ->
                text.append("| ")
                    .append(fill.quantity())
                    .append(" | ")
                    .append(fill.averagePrice())
                    .append(" | ")
                    .append(fill.at())
                    .append(" | `")
                    .append(fill.clientOrderId())
                    .append("` |\n"));
    text.append("\nRealised: ").append(state.realised()).append("\n");
  }

  private static void shadow(StringBuilder text, Shadow shadow) {
    text.append("\nShadow plan ")
        .append(shadow.plan().name().orElse("without a name"))
        .append(" (recorded, never acted on): ");
    if (shadow.exits().isEmpty()) {
      text.append("would hold all of it\n");
      return;
    }
    for (Shadow.Exit exit : shadow.exits()) {
      text.append("would have closed ")
          .append(exit.quantity())
          .append(" at ")
          .append(exit.price().map(Price::toString).orElse("an unknown price"))
          .append(" (")
          .append(exit.rule())
          .append("); ");
    }
    text.append("profit ").append(shadow.profit()).append("\n");
  }
}
