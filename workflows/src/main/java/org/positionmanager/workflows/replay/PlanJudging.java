package org.positionmanager.workflows.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Extra;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
import org.positionmanager.workflows.rules.Why;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Judges by the rules that judge live positions: the one place where replaying knows them. */
final class PlanJudging implements Judging {
  private final Plan plan;
  private Judge judge;

  PlanJudging(Plan plan, Basis basis) {
    this.plan = plan;
    judge = Judge.of(plan, basis);
  }

  @Override
  public Judgement judge(Observation seen) {
    judge = judge.after(seen);
    Decision decision = judge.judge(seen);
    return new Judgement(
        usable(plan.sight(), judge.basis().instrument(), seen),
        answers(decision.trace()),
        exit(decision),
        judge.nextChange(seen),
        missed(seen, decision.trace()));
  }

  private List<Answered> answers(List<RuleTrace> trace) {
    List<Answered> answers = new ArrayList<>(trace.size());
    for (int i = 0; i < trace.size(); i++) {
      RuleTrace rule = trace.get(i);
      Standing standing = Standing.of(plan.rules().get(i), judge.basis(), rule);
      answers.add(
          new Answered(
              rule.rule(), rule.verdict(), standing, price(rule.level()), () -> told(rule)));
    }
    return answers;
  }

  /** What would have let a rule answer that could not; trades where it would have been by them. */
  private Set<Extra> missed(Observation seen, List<RuleTrace> trace) {
    Set<Extra> missed = EnumSet.noneOf(Extra.class);
    for (RuleTrace rule : trace) {
      if (rule.why() == Why.EQUITY_UNKNOWN) {
        missed.add(Extra.EQUITY);
      }
      if (rule.why() == Why.UNDERLYING_UNKNOWN && seen.underlying().isEmpty()) {
        missed.add(Extra.UNDERLYING);
      }
    }
    if (seen.lastTrade().isEmpty()
        && judge.isBlind(seen.moment().now())
        && judge.asks().contains(Extra.LAST_TRADE)) {
      missed.add(Extra.LAST_TRADE);
    }
    return missed;
  }

  private static Optional<Price> price(Reading level) {
    return switch (level) {
      case Reading.OfPrice(Price price) -> Optional.of(price);
      case Reading.OfUnderlying other -> Optional.empty();
      case Reading.OfMoment other -> Optional.empty();
      case Reading.OfGain other -> Optional.empty();
      case Reading.Words other -> Optional.empty();
    };
  }

  private static RuleAnswer told(RuleTrace rule) {
    return new RuleAnswer(
        rule.rule(), rule.verdict(), rule.level().text(), rule.observed().text(), rule.because());
  }

  /** The mid, where a plan that trusts such prices would judge it. */
  static Optional<Price> usable(PriceSight sight, Instrument instrument, Observation seen) {
    return switch (JudgedPrice.of(sight, instrument, seen)) {
      case JudgedPrice.Usable usable -> Optional.of(usable.mid());
      case JudgedPrice.Unusable unusable -> Optional.empty();
    };
  }

  private static Optional<Exit> exit(Decision decision) {
    return switch (decision) {
      case Decision.Exit exit ->
          Optional.of(new Exit(exit.reason(), exit.rule().rule(), exit.part()));
      case Decision.Hold hold -> Optional.empty();
      case Decision.Unknown unknown -> Optional.empty();
    };
  }

  @Override
  public void closed(Quantity soFar) {
    judge = Judge.of(plan, judge.basis().closing(soFar));
  }

  @Override
  public boolean comparesUnderlying() {
    return plan.rules().stream().anyMatch(rule -> rule.kind().comparesUnderlying());
  }

  @Override
  public Duration staleAfter() {
    return plan.sight().staleAfter();
  }
}
