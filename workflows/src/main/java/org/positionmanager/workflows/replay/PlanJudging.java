package org.positionmanager.workflows.replay;

import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Judge;
import org.positionmanager.workflows.rules.JudgedPrice;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.rules.Reading;
import org.positionmanager.workflows.rules.RuleTrace;
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
        usable(plan, judge.basis(), seen),
        decision.trace().stream().map(PlanJudging::answered).toList(),
        exit(decision),
        judge.nextChange(seen));
  }

  private static Answered answered(RuleTrace rule) {
    return new Answered(rule.rule(), rule.verdict(), price(rule.level()), () -> told(rule));
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

  /** The mid, where a plan would judge it. */
  static Optional<Price> usable(Plan plan, Basis basis, Observation seen) {
    return switch (JudgedPrice.of(plan.sight(), basis.instrument(), seen)) {
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
  public Duration staleAfter() {
    return plan.sight().staleAfter();
  }
}
