package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Where several rules fire, the order of their kinds decides. */
class PrecedenceTest {
  /** Each kind that can fire, with a rule that does in {@link #WORST}. */
  static final List<ExitRule> FIRING =
      List.of(
          new CatastrophicStop(gain("90%"), Duration.ofHours(10)),
          new Expiry(Duration.ofDays(20)),
          new ExpiryCutOff(20, LocalTime.NOON),
          new AssignmentGuard(20, LocalTime.NOON, percent("1%")),
          new DayTradeClose(Duration.ofHours(6)),
          new GradedClose(List.of(new GradedClose.Stage(Duration.ofHours(6), Optional.empty()))),
          new OvernightCheck(
              List.of(new OvernightCheck.Stage(Duration.ofHours(6), 1)),
              99,
              percent("10%"),
              percent("5%")),
          new MaxHold(Duration.ofMinutes(1)),
          new StopLoss(gain("50%")),
          new UnderlyingStop(UnderlyingPrice.parse("420")),
          new BreakEven(percent("10%"), percent("5%")),
          new TrailingStop(percent("75%")),
          new TrailingPercent(percent("1%"), null),
          new TrailingAmount(Price.parse("0.01"), null),
          new TrailingLadder(List.of(new TrailingLadder.Step(percent("10%"), percent("50%")))),
          new ThetaDecay(List.of(new ThetaDecay.Step(20, percent("10%")))),
          new TimeStop(Duration.ofMinutes(1), percent("10%")),
          new ProfitTarget(gain("0%")),
          new ShrinkingTarget(List.of(new ShrinkingTarget.Step(Duration.ZERO, percent("0%")))),
          new DteLadder(List.of(new DteLadder.Step(20, percent("0%")))),
          new PartialExit(List.of(new PartialExit.Stage(percent("0%"), percent("50%")))));

  /** Bought at 5.00, was at 8.00, is at 5.00, the underlying at 410. */
  private static final Scene WORST =
      Scene.call().bought("5.00").peak("8.00").priced("5.00").underlying("410").at(240);

  @Test
  void theOrderIsThis() {
    assertThat(RuleKind.values())
        .extracting(RuleKind::label)
        .containsExactly(
            "catastrophic stop",
            "expiry",
            "expiry cut-off",
            "assignment guard",
            "day-trade close",
            "graded close",
            "overnight check",
            "max hold",
            "stop",
            "underlying stop",
            "break-even",
            "trailing stop",
            "trailing percent",
            "trailing amount",
            "trailing ladder",
            "theta decay",
            "time stop",
            "target",
            "shrinking target",
            "DTE ladder",
            "partial exit",
            "roll proposal");
  }

  @Test
  void theFirstThatFiresDecidesHoweverThePlanListsThem() {
    assertThat(FIRING)
        .extracting(ExitRule::kind)
        .as("every kind that can fire")
        .containsExactlyElementsOf(
            Arrays.stream(RuleKind.values())
                .filter(kind -> kind != RuleKind.ROLL_PROPOSAL)
                .toList());
    for (int i = 0; i < FIRING.size(); i++) {
      List<ExitRule> rest = new ArrayList<>(FIRING.subList(i, FIRING.size()));
      Collections.shuffle(rest, new Random(i));
      if (i > 0) {
        assertDecides(FIRING.get(i), rest);
      }
    }
    Scene inTheHold = WORST.under(FIRING.toArray(ExitRule[]::new));
    inTheHold.exits(ExitReason.CATASTROPHIC_STOP);
  }

  private static void assertDecides(ExitRule first, List<ExitRule> rules) {
    Answer answer = WORST.under(rules.toArray(ExitRule[]::new)).answer();
    assertThat(answer.decision().trace())
        .as("%s", answer)
        .extracting(RuleTrace::verdict)
        .containsOnly(Verdict.FIRED);
    assertThat(answer.decision())
        .isInstanceOfSatisfying(
            Decision.Exit.class,
            exit -> {
              assertThat(exit.rule().rule()).as("%s", answer).isEqualTo(first.kind().label());
              assertThat(exit.reason()).isEqualTo(first.kind().reason());
            });
  }

  @Test
  void theMinimumHoldForbidsThese() {
    assertThat(RuleKind.values())
        .filteredOn(RuleKind::waitsForMinimumHold)
        .containsExactly(
            RuleKind.STOP,
            RuleKind.THETA_DECAY,
            RuleKind.TARGET,
            RuleKind.SHRINKING_TARGET,
            RuleKind.DTE_LADDER,
            RuleKind.PARTIAL_EXIT);
    Answer held =
        WORST
            .under(
                FIRING.stream()
                    .map(
                        rule ->
                            rule instanceof CatastrophicStop
                                ? new CatastrophicStop(gain("-90%"), Duration.ofHours(10))
                                : rule)
                    .toArray(ExitRule[]::new))
            .answer();
    for (ExitRule rule : FIRING) {
      boolean waits = rule.kind().waitsForMinimumHold();
      if (rule.kind() != RuleKind.CATASTROPHIC_STOP) {
        assertThat(held.of(rule.kind()).verdict())
            .as("%s in %s", rule.kind(), held)
            .isEqualTo(waits ? Verdict.SUPPRESSED : Verdict.FIRED);
      }
    }
  }

  @Test
  void whatComparesPricesCanBeConfirmed() {
    Set<RuleKind> not =
        Set.of(
            RuleKind.EXPIRY,
            RuleKind.EXPIRY_CUT_OFF,
            RuleKind.DAY_TRADE_CLOSE,
            RuleKind.OVERNIGHT_CHECK,
            RuleKind.MAX_HOLD,
            RuleKind.ROLL_PROPOSAL);
    assertThat(RuleKind.values())
        .allSatisfy(kind -> assertThat(kind.comparesPrices()).isNotEqualTo(not.contains(kind)));
    assertThat(RuleKind.values())
        .filteredOn(RuleKind::comparesUnderlying)
        .containsExactly(RuleKind.ASSIGNMENT_GUARD, RuleKind.UNDERLYING_STOP);
  }

  @Test
  void whatIsAboutContractsDoesNotApplyToStocks() {
    List<ExitRule> all = new ArrayList<>(FIRING);
    all.add(new RollProposal(21, percent("-10%"), 30));
    assertThat(all)
        .filteredOn(rule -> !rule.appliesTo(Scene.STOCK))
        .extracting(ExitRule::kind)
        .containsExactly(
            RuleKind.EXPIRY,
            RuleKind.EXPIRY_CUT_OFF,
            RuleKind.ASSIGNMENT_GUARD,
            RuleKind.UNDERLYING_STOP,
            RuleKind.THETA_DECAY,
            RuleKind.DTE_LADDER,
            RuleKind.ROLL_PROPOSAL);
    assertThat(all).allSatisfy(rule -> assertThat(rule.appliesTo(Scene.CALL)).isTrue());
    Confirmed confirmed =
        new Confirmed(new UnderlyingStop(UnderlyingPrice.parse("395")), new Confirmation.Quotes(2));
    assertThat(confirmed.appliesTo(Scene.STOCK)).isFalse();
  }

  @Test
  void anExitCountsMoreThanWhatIsUnknownAndTheFirstUnknownIsTold() {
    Scene blind =
        WORST.unpriced().under(new StopLoss(gain("-60%")), new MaxHold(Duration.ofHours(1)));
    blind.exits(ExitReason.MAX_HOLD);
    blind.answer().says(RuleKind.STOP, Verdict.UNKNOWN, Why.PRICE_UNKNOWN);
    Decision decision =
        Scene.call()
            .under(new ProfitTarget(gain("80%")), new UnderlyingStop(UnderlyingPrice.parse("395")))
            .unpriced()
            .answer()
            .decision();
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Unknown.class,
            unknown ->
                assertThat(unknown.why())
                    .isEqualTo("no usable price of the underlying: the market data has no quote"));
  }

  @Test
  void aPlanWithoutRulesHolds() {
    WORST.under().holdsOn();
    assertThat(WORST.under().nextChange()).isEmpty();
  }
}
