package org.positionmanager.workflows.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PriceSource;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.watch.WatchBlind;

/** What people are told of a position without a usable quote: what protects it then. */
final class Blindness {
  private Blindness() {}

  /**
   * By what its stops are judged, and which of them cannot be; targets wait for a quote in any
   * case.
   *
   * @param trace of each of the plan's rules, in their order
   */
  static String of(Judge judge, Observation seen, List<RuleTrace> trace) {
    List<String> judged = new ArrayList<>();
    List<String> unjudged = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      RuleTrace answer = trace.get(i);
      if (judge.plan().rules().get(i).kind().isProtective()) {
        switch (answer.verdict()) {
          case UNKNOWN -> unjudged.add(answer.rule() + ", " + answer.because());
          case FIRED, HELD, SUPPRESSED -> judged.add(answer.rule());
          case SKIPPED, PROPOSED -> {}
        }
      }
    }
    StringBuilder text =
        new StringBuilder("no usable quote since ")
            .append(judge.basis().track().unknownSince().orElseThrow());
    switch (standsIn(judge, seen)) {
      case JudgedPrice.Usable(var price, PriceSource source) when !judged.isEmpty() ->
          text.append("; stops are judged by ")
              .append(name(source))
              .append(", ")
              .append(price)
              .append(": ")
              .append(String.join(", ", judged));
      case JudgedPrice.Usable usable -> {}
      case JudgedPrice.Unusable unusable -> {}
    }
    if (!unjudged.isEmpty()) {
      text.append("; stops cannot be judged: ").append(String.join("; ", unjudged));
    }
    return text.toString();
  }

  /**
   * What the account's watch tells of its own blindness: the position's begins with it, unless the
   * position has had a price of its own since, or knows already.
   *
   * @return empty where there is nothing to look at
   */
  static Optional<PositionState> learnt(PositionState state, WatchBlind news) {
    if (state.phase() != Phase.PROTECTED || state.basis().isEmpty()) {
      return Optional.empty();
    }
    Basis basis = state.basis().get();
    boolean sawSince =
        basis.track().unknownSince().isEmpty()
            && state.lastSeen().filter(it -> it.moment().now().isAfter(news.since())).isPresent();
    boolean knows = basis.track().unknownSince().isPresent();
    return Optional.of(
        sawSince || knows ? state : state.change().basis(basis.blindSince(news.since())).made());
  }

  private static JudgedPrice standsIn(Judge judge, Observation seen) {
    Plan plan = judge.plan();
    return switch (JudgedPrice.of(plan.sight(), judge.basis().instrument(), seen)) {
      case JudgedPrice.Usable usable -> usable;
      case JudgedPrice.Unusable unusable ->
          JudgedPrice.fallback(plan.sight(), judge.basis().direction(), seen, unusable);
    };
  }

  private static String name(PriceSource source) {
    return switch (source) {
      case MID -> "the quote";
      case NEAR_SIDE -> "the side of the quote that an exit trades against";
      case LAST_TRADE -> "the latest trade";
    };
  }
}
