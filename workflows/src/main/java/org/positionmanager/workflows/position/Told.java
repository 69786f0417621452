package org.positionmanager.workflows.position;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Verdict;
import org.positionmanager.workflows.rules.Why;

/**
 * What people were told of a position, or will be if it lasts: once when it begins, not at each
 * look.
 *
 * @param unjudged rules that guard it and cannot be judged now, for want of something other than
 *     the price of what is held
 * @param proposals what was proposed: the rule with its level
 */
public record Told(List<Unjudged> unjudged, List<String> proposals) {
  /** Nothing so far. */
  public static final Told NOTHING = new Told(List.of(), List.of());

  public Told {
    unjudged = List.copyOf(unjudged);
    proposals = List.copyOf(proposals);
  }

  /**
   * A rule without an answer.
   *
   * @param rule its stable name
   * @param why what is missing
   * @param since exchange time of the first look, while the market was open, that missed it
   * @param told whether people know
   */
  public record Unjudged(String rule, Why why, Instant since, boolean told) {
    /** A night does not count. */
    private Unjudged notBefore(Instant open) {
      return since.isBefore(open) ? new Unjudged(rule, why, open, told) : this;
    }

    private Optional<Instant> due(Duration patience) {
      return Optional.of(since.plus(patience)).filter(due -> !told);
    }
  }

  /**
   * After one more look: what goes on without an answer keeps its beginning. While the market is
   * closed nothing begins, and what people do not know is forgotten.
   *
   * @param trace of each of the plan's rules, in their order
   */
  Told seeing(Plan plan, Observation seen, List<RuleTrace> trace) {
    List<Unjudged> now = new ArrayList<>();
    for (int i = 0; i < trace.size(); i++) {
      RuleTrace answer = trace.get(i);
      if (plan.rules().get(i).kind().guards()) {
        missing(answer, seen).flatMap(why -> goesOn(answer.rule(), why, seen)).ifPresent(now::add);
      }
    }
    return now.equals(unjudged) ? this : new Told(now, proposals);
  }

  /** A trade that stands in for the underlying's quote does not end that there is none. */
  private static Optional<Why> missing(RuleTrace answer, Observation seen) {
    if (answer.verdict() == Verdict.UNKNOWN) {
      return Optional.of(answer.why()).filter(why -> why != Why.PRICE_UNKNOWN);
    }
    return Optional.of(Why.UNDERLYING_UNKNOWN)
        .filter(
            why ->
                answer.observed() instanceof Reading.OfUnderlying
                    && JudgedPrice.isUnderlyingByTrade(seen));
  }

  private Optional<Unjudged> goesOn(String rule, Why why, Observation seen) {
    Optional<Unjudged> before =
        unjudged.stream().filter(it -> it.rule().equals(rule) && it.why() == why).findFirst();
    return seen.moment()
        .current()
        .map(
            session ->
                before
                    .orElseGet(() -> new Unjudged(rule, why, seen.moment().now(), false))
                    .notBefore(session.openInclusive()))
        .or(() -> before.filter(Unjudged::told));
  }

  /** What has lasted longer than the plan bears, and nobody knows. */
  List<Unjudged> due(Plan plan, Instant now) {
    return unjudged.stream()
        .filter(
            it -> it.due(plan.sight().unknownAfter()).filter(due -> !now.isBefore(due)).isPresent())
        .toList();
  }

  /** When the next has lasted that long; empty where nothing goes on that nobody knows of. */
  Optional<Instant> nextDue(Plan plan, Instant now) {
    return unjudged.stream()
        .flatMap(it -> it.due(plan.sight().unknownAfter()).stream())
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  /** Whether a rule that compares the underlying has had no answer for longer than bearable. */
  boolean missesUnderlying(Plan plan, Instant now) {
    return unjudged.stream()
        .anyMatch(
            it ->
                it.why() == Why.UNDERLYING_UNKNOWN
                    && !now.isBefore(it.since().plus(plan.sight().unknownAfter())));
  }

  Told telling(Unjudged one) {
    return new Told(
        unjudged.stream()
            .map(it -> it.equals(one) ? new Unjudged(it.rule(), it.why(), it.since(), true) : it)
            .toList(),
        proposals);
  }

  /** Whether this was proposed at this level before. */
  boolean knows(RuleTrace proposal) {
    return proposals.contains(name(proposal));
  }

  Told proposing(RuleTrace proposal) {
    return knows(proposal)
        ? this
        : new Told(unjudged, PositionState.plus(proposals, name(proposal)));
  }

  private static String name(RuleTrace proposal) {
    return proposal.rule() + " " + proposal.level();
  }
}
