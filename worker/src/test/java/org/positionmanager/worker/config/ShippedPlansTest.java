package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.worker.config.ShippedPositions.chosen;
import static org.positionmanager.worker.config.ShippedPositions.empty;
import static org.positionmanager.worker.config.ShippedPositions.plan;
import static org.positionmanager.worker.config.ShippedPositions.stored;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.PriceSource;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** The shipped plans are the rules of the replaced system, number by number. */
class ShippedPlansTest {
  private static final PlanBook SHIPPED = PlanFile.shipped();
  private static final String PUT = "NOW260220P00110000";
  private static final String SHARES = "DE";

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void optionsStopAtMinus60AndTakeProfitAtPlus80OfThePremium(Strategy strategy) {
    Plan plan = plan("large", strategy, PUT);
    assertThat(plan.rule(RuleKind.STOP)).contains(new StopLoss(gain(-60)));
    assertThat(plan.rule(RuleKind.TARGET)).contains(new ProfitTarget(gain(80)));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void optionsStopAtMinus50InTheirFirst30Minutes(Strategy strategy) {
    assertThat(plan("large", strategy, PUT).rule(RuleKind.CATASTROPHIC_STOP))
        .contains(new CatastrophicStop(gain(-50), Duration.ofMinutes(30)));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void optionsEnd24HoursBeforeTheyExpire(Strategy strategy) {
    assertThat(plan("large", strategy, PUT).rule(RuleKind.EXPIRY))
        .contains(new Expiry(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theLastTwoDaysAskForAGain(Strategy strategy) {
    assertThat(plan("large", strategy, PUT).rule(RuleKind.THETA_DECAY))
        .contains(
            new ThetaDecay(
                List.of(
                    new ThetaDecay.Step(1, Percent.of(10)),
                    new ThetaDecay.Step(2, Percent.of(0)))));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void allKeep75PercentOfTheirPeakGainWithoutAMinimumHold(Strategy strategy) {
    for (String symbol : List.of(PUT, SHARES)) {
      assertThat(plan("large", strategy, symbol).rule(RuleKind.TRAILING_STOP))
          .contains(new TrailingStop(Percent.of(75)));
    }
    assertThat(RuleKind.TRAILING_STOP.waitsForMinimumHold()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void stocksHaveTheRowsLevelsAndElseMinus2AndPlus3Percent(Strategy strategy) {
    Plan without = plan("large", strategy, SHARES);
    assertThat(without.rule(RuleKind.STOP)).contains(new StopLoss(gain(-2)));
    assertThat(without.rule(RuleKind.TARGET)).contains(new ProfitTarget(gain(3)));
    Plan with = chosen("large", stored(strategy), SHARES).plan();
    assertThat(with.rule(RuleKind.STOP)).contains(new StopLoss(at("600")));
    assertThat(with.rule(RuleKind.TARGET)).contains(new ProfitTarget(at("640")));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void levelsStoredBesideAnOptionNeverReachItsPlan(Strategy strategy) {
    assertThat(chosen("large", stored(strategy), PUT).plan().rules())
        .filteredOn(rule -> rule.kind() != RuleKind.MAX_HOLD)
        .isEqualTo(
            plan("large", strategy, PUT).rules().stream()
                .filter(rule -> rule.kind() != RuleKind.MAX_HOLD)
                .toList());
  }

  @ParameterizedTest
  @CsvSource({"DAY_TRADE, 240", "SWING_TRADE, 360", "CONSERVATIVE, 360", "STOCK, 360"})
  void theRowsLongestHoldCountsAndElseTheStrategys(Strategy strategy, long minutes) {
    for (String symbol : List.of(PUT, SHARES)) {
      assertThat(plan("large", strategy, symbol).rule(RuleKind.MAX_HOLD))
          .contains(new MaxHold(Duration.ofMinutes(minutes)));
      assertThat(chosen("large", stored(strategy), symbol).plan().rule(RuleKind.MAX_HOLD))
          .contains(new MaxHold(Duration.ofMinutes(90)));
    }
  }

  @Test
  void dayTradesEndFiveMinutesBeforeTheClose() {
    for (String symbol : List.of(PUT, SHARES)) {
      assertThat(plan("large", Strategy.DAY_TRADE, symbol).rule(RuleKind.DAY_TRADE_CLOSE))
          .contains(new DayTradeClose(Duration.ofMinutes(5)));
      assertThat(plan("large", Strategy.SWING_TRADE, symbol).rule(RuleKind.DAY_TRADE_CLOSE))
          .isEmpty();
    }
  }

  @Test
  void dayTradesInOptionsEndByDegrees() {
    // 14:30 below -20%, 15:00 below -10%, 15:30 below 0%, 15:55 all, on a day that ends at 16:00
    assertThat(plan("large", Strategy.DAY_TRADE, PUT).rule(RuleKind.GRADED_CLOSE))
        .contains(
            new GradedClose(
                List.of(
                    new GradedClose.Stage(Duration.ofMinutes(90), Optional.of(Percent.of(-20))),
                    new GradedClose.Stage(Duration.ofMinutes(60), Optional.of(Percent.of(-10))),
                    new GradedClose.Stage(Duration.ofMinutes(30), Optional.of(Percent.of(0))),
                    new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))));
  }

  @ParameterizedTest
  @CsvSource({"large, 10", "tiny, 15"})
  void swingTradesInOptionsHaveToEarnTheNight(String account, long gain) {
    // 15:00 where more than one criterion fails, 15:30 and later where any does
    assertThat(plan(account, Strategy.SWING_TRADE, PUT).rule(RuleKind.OVERNIGHT_CHECK))
        .contains(
            new OvernightCheck(
                List.of(
                    new OvernightCheck.Stage(Duration.ofMinutes(60), 2),
                    new OvernightCheck.Stage(Duration.ofMinutes(30), 1)),
                3,
                Percent.of(gain),
                Percent.of(5)));
  }

  @Test
  void nothingElseIsInThePlansThatAreChosen() {
    assertThat(kinds("large", Strategy.DAY_TRADE, PUT))
        .containsExactly(
            RuleKind.CATASTROPHIC_STOP,
            RuleKind.EXPIRY,
            RuleKind.DAY_TRADE_CLOSE,
            RuleKind.GRADED_CLOSE,
            RuleKind.MAX_HOLD,
            RuleKind.STOP,
            RuleKind.TRAILING_STOP,
            RuleKind.THETA_DECAY,
            RuleKind.TARGET);
    assertThat(kinds("tiny", Strategy.SWING_TRADE, PUT))
        .containsExactly(
            RuleKind.CATASTROPHIC_STOP,
            RuleKind.EXPIRY,
            RuleKind.OVERNIGHT_CHECK,
            RuleKind.MAX_HOLD,
            RuleKind.STOP,
            RuleKind.TRAILING_STOP,
            RuleKind.THETA_DECAY,
            RuleKind.TARGET);
    assertThat(kinds("large", Strategy.CONSERVATIVE, PUT))
        .containsExactly(
            RuleKind.CATASTROPHIC_STOP,
            RuleKind.EXPIRY,
            RuleKind.MAX_HOLD,
            RuleKind.STOP,
            RuleKind.TRAILING_STOP,
            RuleKind.THETA_DECAY,
            RuleKind.TARGET);
    assertThat(kinds("large", Strategy.STOCK, SHARES))
        .containsExactly(RuleKind.MAX_HOLD, RuleKind.STOP, RuleKind.TRAILING_STOP, RuleKind.TARGET);
    assertThat(kinds("large", Strategy.DAY_TRADE, SHARES))
        .containsExactly(
            RuleKind.DAY_TRADE_CLOSE,
            RuleKind.MAX_HOLD,
            RuleKind.STOP,
            RuleKind.TRAILING_STOP,
            RuleKind.TARGET);
  }

  @Test
  void quotesAreTrustedAndExitsTradeAsBefore() {
    for (Strategy strategy : Strategy.values()) {
      Plan option = plan("large", strategy, PUT);
      Plan stock = plan("large", strategy, SHARES);
      assertThat(option.sight()).isEqualTo(sight(Duration.ofMinutes(5)));
      assertThat(stock.sight()).isEqualTo(sight(Duration.ofSeconds(60)));
      assertThat(List.of(option, stock))
          .allSatisfy(
              plan -> {
                assertThat(plan.style()).isEqualTo(new ExitStyle.MarketNow());
                assertThat(plan.reviewEvery()).isEqualTo(Duration.ofSeconds(60));
              });
      assertThat(chosen("large", empty(strategy), PUT).shadow()).isEmpty();
    }
  }

  @Test
  void whatWasDesignedAndNeverRanIsThereAndNotChosen() {
    Plan designed =
        SHIPPED.template("options-designed").orElseThrow().planFor(empty(Strategy.SWING_TRADE));
    assertThat(designed.rule(RuleKind.BREAK_EVEN))
        .contains(new BreakEven(Percent.of(10), Percent.of(0)));
    assertThat(designed.rule(RuleKind.TRAILING_LADDER))
        .contains(
            new TrailingLadder(
                List.of(
                    new TrailingLadder.Step(Percent.of(20), Percent.of(70)),
                    new TrailingLadder.Step(Percent.of(40), Percent.of(80)),
                    new TrailingLadder.Step(Percent.of(60), Percent.of(85)))));
    assertThat(designed.rule(RuleKind.TIME_STOP))
        .contains(new TimeStop(Duration.ofMinutes(240), Percent.of(5)));
    assertThat(designed.rule(RuleKind.PARTIAL_EXIT))
        .contains(
            new PartialExit(
                List.of(
                    new PartialExit.Stage(Percent.of(50), Percent.of(50)),
                    new PartialExit.Stage(Percent.of(75), Percent.of(25)))));
    assertThat(designed.rule(RuleKind.ROLL_PROPOSAL))
        .contains(new RollProposal(21, Percent.of(-10), 30));
    assertThat(SHIPPED.choices())
        .noneMatch(it -> it.plan().equals("options-designed") || it.shadow().isPresent());
  }

  @Test
  void theShippedFileCanBeCopiedAndReadBackAsTheSame(@TempDir Path folder) throws Exception {
    Path copy = Files.writeString(folder.resolve("plans.yaml"), PlanFile.shippedText());
    assertThat(PlanFile.read(copy)).isEqualTo(SHIPPED);
  }

  /** Built-in rules know no accounts: {@code tiny} has its 15% for a night from the file alone. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theBuiltInRulesThatStandInForTheFileAreTheSame(Strategy strategy) {
    for (String symbol : List.of(PUT, SHARES)) {
      for (EntryTerms terms : List.of(empty(strategy), stored(strategy))) {
        Plan builtIn = Plans.defaultsFor(terms, ShippedPositions.basis(terms, symbol));
        Plan shipped = chosen("large", terms, symbol).plan();
        assertThat(builtIn.rules()).as("%s %s", strategy, symbol).isEqualTo(shipped.rules());
        assertThat(builtIn.sight()).isEqualTo(shipped.sight());
        assertThat(builtIn.style()).isEqualTo(shipped.style());
        assertThat(builtIn.reviewEvery()).isEqualTo(shipped.reviewEvery());
      }
    }
  }

  private static List<RuleKind> kinds(String account, Strategy strategy, String symbol) {
    return plan(account, strategy, symbol).rules().stream().map(it -> it.kind()).toList();
  }

  private static PriceSight sight(Duration stale) {
    return new PriceSight(stale, Duration.ofMinutes(2), List.of(PriceSource.LAST_TRADE));
  }

  private static Level gain(long percent) {
    return new Level.AtGain(Percent.of(percent));
  }

  private static Level at(String price) {
    return new Level.AtPrice(Price.parse(price));
  }
}
