package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.market.Trade;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What holds for every plan, whatever is seen. */
class PlanPropertiesTest {
  private static final int TRIES = 400;
  private static final ObjectMapper JSON = Payloads.mapper();

  @Property(tries = TRIES)
  void theSameInputHasTheSameAnswer(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks,
      @ForAll Random random) {
    List<ExitRule> shuffled = new ArrayList<>(plan.rules());
    Collections.shuffle(shuffled, random);
    Plan other =
        new Plan(1, Optional.empty(), shuffled, plan.style(), plan.reviewEvery(), plan.sight());
    Judge judge = Judge.of(plan, basis);
    Judge again = Judge.of(other, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      judge = judge.after(seen);
      again = again.after(seen);
      assertThat(judge.judge(seen)).isEqualTo(judge.judge(seen)).isEqualTo(again.judge(seen));
      assertThat(judge.nextChange(seen)).isEqualTo(again.nextChange(seen));
    }
  }

  @Property(tries = TRIES)
  void aJudgeThatLivesThroughAPathAnswersAsOneThatIsNew(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge living = Judge.of(plan, basis);
    Basis remembered = basis;
    for (Observation seen : AnyPath.of(basis, looks)) {
      living = living.after(seen);
      remembered = Evaluator.observe(plan, remembered, seen);
      assertThat(living.basis()).isEqualTo(remembered);
      assertThat(living.judge(seen)).isEqualTo(Evaluator.evaluate(plan, remembered, seen));
      assertThat(living.nextChange(seen)).isEqualTo(Evaluator.nextChange(plan, remembered, seen));
    }
  }

  @Property(tries = TRIES)
  void theSameLookTwiceTellsNothingNew(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Judge.of(plan, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      judge = judge.after(seen);
      assertThat(judge.after(seen)).isSameAs(judge);
    }
  }

  @Property(tries = 100)
  void planBasisAndDecisionAreTheSameAfterJson(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks)
      throws IOException {
    assertThat(reread(plan, Plan.class)).isEqualTo(plan);
    Basis remembered = basis;
    for (Observation seen : AnyPath.of(basis, looks)) {
      remembered = reread(Evaluator.observe(plan, remembered, seen), Basis.class);
      Decision decision = Evaluator.evaluate(plan, remembered, seen);
      assertThat(
              Evaluator.evaluate(
                  reread(plan, Plan.class), remembered, reread(seen, Observation.class)))
          .isEqualTo(decision);
      assertThat(reread(decision, Decision.class)).isEqualTo(decision);
    }
    Judge living = Judge.of(plan, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      living = living.after(seen);
    }
    assertThat(remembered).isEqualTo(living.basis());
  }

  @Property(tries = TRIES)
  void theTraceHasEachRuleInOrderAndTheFirstThatFiresDecides(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Judge.of(plan, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      judge = judge.after(seen);
      Decision decision = judge.judge(seen);
      assertThat(decision.trace())
          .extracting(RuleTrace::rule)
          .containsExactlyElementsOf(
              plan.rules().stream().map(rule -> rule.kind().label()).toList());
      Optional<RuleTrace> fired = first(decision, Verdict.FIRED);
      switch (decision) {
        case Decision.Exit exit -> {
          assertThat(fired).contains(exit.rule());
          exit.part().ifPresent(part -> assertIsAPart(part, basis));
        }
        case Decision.Unknown unknown -> {
          assertThat(fired).isEmpty();
          assertThat(first(decision, Verdict.UNKNOWN).map(RuleTrace::because))
              .contains(unknown.why());
        }
        case Decision.Hold hold -> {
          assertThat(fired).isEmpty();
          assertThat(first(hold, Verdict.UNKNOWN)).isEmpty();
        }
      }
    }
  }

  private static void assertIsAPart(Quantity part, Basis basis) {
    assertThat(part).isGreaterThan(Quantity.ZERO).isLessThan(basis.held());
    if (Quantity.of(basis.opened().value().longValue()).equals(basis.opened())
        || Days.isOption(basis.instrument())) {
      assertThat(part.value().stripTrailingZeros().scale()).as("%s", part).isLessThanOrEqualTo(0);
    }
  }

  private static Optional<RuleTrace> first(Decision decision, Verdict verdict) {
    return decision.trace().stream().filter(it -> it.verdict() == verdict).findFirst();
  }

  @Property(tries = TRIES)
  void theLevelThatIsShownIsTheOneThatIsJudged(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Judge.of(plan, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      judge = judge.after(seen);
      List<RuleTrace> trace = judge.judge(seen).trace();
      for (int i = 0; i < trace.size(); i++) {
        ExitRule rule = plan.rules().get(i);
        Optional<Price> level = rule.level(judge.basis(), seen.moment().now());
        if (level.isPresent()) {
          assertThat(trace.get(i).level())
              .as("%s of %s", trace.get(i), rule)
              .isEqualTo(Threshold.shown(level.get(), basis));
        }
      }
    }
  }

  @Property(tries = TRIES)
  void untilTheNextChangeTimeAloneChangesNoAnswer(
      @ForAll("plans") Plan plan,
      @ForAll("bases") Basis basis,
      @ForAll("looks") List<AnyPath.Look> looks) {
    Judge judge = Judge.of(plan, basis);
    for (Observation seen : AnyPath.of(basis, looks)) {
      judge = judge.after(seen);
      Instant now = seen.moment().now();
      Optional<Instant> next = judge.nextChange(seen);
      assertThat(next.filter(moment -> !moment.isAfter(now))).isEmpty();
      if (seen.moment().isOpen()) {
        Instant end =
            Stream.concat(
                    next.stream(),
                    Stream.of(seen.moment().current().orElseThrow().closeExclusive()))
                .min(Instant::compareTo)
                .orElseThrow();
        assertThat(verdicts(judge, aged(seen, end.minusNanos(1))))
            .as("of %s until %s", plan.rules(), end)
            .isEqualTo(verdicts(judge, seen));
      }
    }
  }

  private static List<Verdict> verdicts(Judge judge, Observation seen) {
    return judge.judge(seen).trace().stream().map(RuleTrace::verdict).toList();
  }

  /** The same later, with the same prices made as long before. */
  private static Observation aged(Observation seen, Instant now) {
    Duration by = Duration.between(seen.moment().now(), now);
    MarketMoment moment = seen.moment();
    return new Observation(
        new MarketMoment(now, moment.current(), moment.next(), moment.speed()),
        seen.quote().map(it -> new Quote(it.bid(), it.ask(), it.at().plus(by))),
        seen.holding(),
        seen.expiresAt(),
        seen.lastTrade().map(it -> new Trade(it.price(), it.at().plus(by))),
        seen.underlying().map(it -> new Quote(it.bid(), it.ask(), it.at().plus(by))),
        seen.equity(),
        Optional.empty());
  }

  private static <T> T reread(T value, Class<T> type) throws IOException {
    return JSON.readValue(JSON.writeValueAsString(value), type);
  }

  @Provide
  Arbitrary<Plan> plans() {
    return AnyPath.plans();
  }

  @Provide
  Arbitrary<Basis> bases() {
    return AnyPath.bases();
  }

  @Provide
  Arbitrary<List<AnyPath.Look>> looks() {
    return AnyPath.looks();
  }
}
