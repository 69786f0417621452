package org.positionmanager.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.plan.InstrumentKind.OPTION;
import static org.positionmanager.workflows.plan.InstrumentKind.STOCK;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.workflows.plan.RuleTemplate;
import org.positionmanager.workflows.rules.AssignmentGuard;
import org.positionmanager.workflows.rules.BreakEven;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.DayTradeClose;
import org.positionmanager.workflows.rules.DteLadder;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.ExpiryCutOff;
import org.positionmanager.workflows.rules.GradedClose;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.OvernightCheck;
import org.positionmanager.workflows.rules.PartialExit;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.RollProposal;
import org.positionmanager.workflows.rules.RuleKind;
import org.positionmanager.workflows.rules.ShrinkingTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.ThetaDecay;
import org.positionmanager.workflows.rules.TimeStop;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.rules.TrailingLadder;
import org.positionmanager.workflows.rules.TrailingPercent;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Every rule as it is written and what it is read as. */
class PlanRulesTest {
  private PlansYaml yaml;

  @BeforeEach
  void inAFolderOfItsOwn(@TempDir Path folder) {
    yaml = new PlansYaml(folder);
  }

  private void option(String written, ExitRule read) throws Exception {
    assertThat(yaml.rule(OPTION, written)).isEqualTo(new RuleTemplate.Fixed(read));
  }

  private void stock(String written, RuleTemplate read) throws Exception {
    assertThat(yaml.rule(STOCK, written)).isEqualTo(read);
  }

  @Test
  void everyKindOfRuleCanBeWritten() {
    Set<RuleKind> kinds = EnumSet.noneOf(RuleKind.class);
    for (PlanKeys.RuleKey key : PlanKeys.RuleKey.values()) {
      kinds.add(RuleKind.valueOf(key.name()));
    }
    assertThat(kinds).isEqualTo(EnumSet.allOf(RuleKind.class));
  }

  @Test
  void levelsAreGainsPricesOrAverageTrueRanges() throws Exception {
    option("stop: -60%", new StopLoss(gain("-60")));
    option("stop: {at: -12.5%}", new StopLoss(gain("-12.5")));
    option("stop: {gain: -12.5%}", new StopLoss(gain("-12.5")));
    option("stop: {price: 3.60}", new StopLoss(new Level.AtPrice(Price.parse("3.6"))));
    option("stop: {at: {price: '3.60'}}", new StopLoss(new Level.AtPrice(Price.parse("3.6"))));
    option("stop: -2 atr", new StopLoss(range("-2", 14)));
    option("stop: -2.5 atr(20)", new StopLoss(range("-2.5", 20)));
    option("stop: {atr: -2, days: 20}", new StopLoss(range("-2", 20)));
    option("target: 80%", new ProfitTarget(gain("80")));
    option("target: {at: 3 atr}", new ProfitTarget(range("3", 14)));
    option(
        "catastrophic-stop: {at: -50%, minimum-hold: 30m}",
        new CatastrophicStop(gain("-50"), Duration.ofMinutes(30)));
  }

  @Test
  void pricesAreReadFromTheirDigits() throws Exception {
    option(
        "stop: {price: 0.1000000000000000055511151231257827}",
        new StopLoss(new Level.AtPrice(Price.parse("0.1000000000000000055511151231257827"))));
    option(
        "trailing-amount: 12345678901234567.89",
        new TrailingAmount(Price.parse("12345678901234567.89"), Percent.of(0)));
  }

  @Test
  void theRowsValuesCountWhereThePlanSaysSo() throws Exception {
    stock("stop: {stored-else: -2%}", new RuleTemplate.StoredStop(gain("-2")));
    stock("target: {stored-else: 3%}", new RuleTemplate.StoredTarget(gain("3")));
    stock("max-hold: {stored-else: 6h}", new RuleTemplate.StoredMaxHold(Duration.ofMinutes(360)));
    assertThat(yaml.rule(OPTION, "underlying-stop: stored"))
        .isEqualTo(new RuleTemplate.StoredUnderlyingStop());
    stock(
        "stop: {stored-else: -2%, confirm: {quotes: 3}}",
        new RuleTemplate.Confirming(
            new RuleTemplate.StoredStop(gain("-2")), new Confirmation.Quotes(3)));
  }

  @Test
  void rulesThatWaitForAMoment() throws Exception {
    option("expiry: 24h", new Expiry(Duration.ofHours(24)));
    option("expiry-cut-off: {days-before: 1, at: 15:00}", new ExpiryCutOff(1, LocalTime.of(15, 0)));
    option(
        "assignment-guard: {days-before: 0, from: '09:45', margin: 1%}",
        new AssignmentGuard(0, LocalTime.of(9, 45), Percent.of(1)));
    option("day-trade-close: 5m", new DayTradeClose(Duration.ofMinutes(5)));
    option("max-hold: 1d2h3m4s", new MaxHold(Duration.ofSeconds(86_400 + 7_200 + 180 + 4)));
    option(
        "graded-close: [{before-close: 90m, gain-below: -20%}, {before-close: 5m}]",
        new GradedClose(
            List.of(
                new GradedClose.Stage(Duration.ofMinutes(90), Optional.of(Percent.of(-20))),
                new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty()))));
    option(
        """
        overnight-check:
          stages: [{before-close: 60m, failures: 2}]
          min-dte: 3
          min-gain: 10%
          max-share: 5%
        """,
        new OvernightCheck(
            List.of(new OvernightCheck.Stage(Duration.ofHours(1), 2)),
            3,
            Percent.of(10),
            Percent.of(5)));
    option(
        "time-stop: {after: 4h, gain-below: 5%}", new TimeStop(Duration.ofHours(4), Percent.of(5)));
    option(
        "roll-proposal: {dte-at-most: 21, gain-above: -10%, later-by-days: 30}",
        new RollProposal(21, Percent.of(-10), 30));
  }

  @Test
  void rulesThatFollowTheBestPrice() throws Exception {
    option("break-even: 10%", new BreakEven(Percent.of(10), Percent.of(0)));
    option("break-even: {activation: 10%, keep: 1%}", new BreakEven(Percent.of(10), Percent.of(1)));
    option("trailing-stop: 75%", new TrailingStop(Percent.of(75)));
    option(
        "trailing-stop: {keep: 75%, activation: 20%}",
        new TrailingStop(Percent.of(75), Percent.of(20)));
    option("trailing-percent: 10%", new TrailingPercent(Percent.of(10), Percent.of(0)));
    option(
        "trailing-percent: {distance: 20%, then: [{gain: 40%, distance: 5%}]}",
        new TrailingPercent(
            Percent.of(20),
            Percent.of(0),
            List.of(new TrailingPercent.Tighter(Percent.of(40), Percent.of(5)))));
    option(
        "trailing-amount: {distance: 0.75, activation: 5%}",
        new TrailingAmount(Price.parse("0.75"), Percent.of(5)));
    option(
        "trailing-ladder: [{gain: 20%, keep: 70%}, {gain: 40%, keep: 80%}]",
        new TrailingLadder(
            List.of(
                new TrailingLadder.Step(Percent.of(20), Percent.of(70)),
                new TrailingLadder.Step(Percent.of(40), Percent.of(80)))));
  }

  @Test
  void targetsThatChangeAndExitsInPart() throws Exception {
    option(
        "shrinking-target: [{from: 0m, gain: 80%}, {from: 4h, gain: 0%}]",
        new ShrinkingTarget(
            List.of(
                new ShrinkingTarget.Step(Duration.ZERO, Percent.of(80)),
                new ShrinkingTarget.Step(Duration.ofHours(4), Percent.of(0)))));
    option(
        "dte-ladder: [{dte-at-most: 7, gain-at-least: 0%}, {dte-at-most: 21, gain-at-least: 25%}]",
        new DteLadder(
            List.of(new DteLadder.Step(7, Percent.of(0)), new DteLadder.Step(21, Percent.of(25)))));
    option(
        "theta-decay: {steps: [{dte-at-most: 1, gain-below: 10%}]}",
        new ThetaDecay(List.of(new ThetaDecay.Step(1, Percent.of(10)))));
    option(
        "partial-exit: [{gain: 50%, share: 50%}, {gain: 75%, share: 25%}]",
        new PartialExit(
            List.of(
                new PartialExit.Stage(Percent.of(50), Percent.of(50)),
                new PartialExit.Stage(Percent.of(75), Percent.of(25)))));
  }

  @Test
  void theUnderlyingHasAStopOfItsOwn() throws Exception {
    UnderlyingStop at395 = new UnderlyingStop(UnderlyingPrice.parse("395.5"));
    option("underlying-stop: {price: 395.50}", at395);
    option("underlying-stop: {at: {price: 395.50}}", at395);
    assertThat(yaml.rule(OPTION, "underlying-stop: {at: {price: 395.50}, confirm: {lasting: 30s}}"))
        .isEqualTo(
            new RuleTemplate.Confirming(
                new RuleTemplate.Fixed(at395), new Confirmation.Lasting(Duration.ofSeconds(30))));
  }

  @Test
  void whateverComparesPricesCanBeConfirmed() throws Exception {
    for (PlanKeys.RuleKey key : PlanKeys.RuleKey.values()) {
      assertThat(key.names().contains("confirm"))
          .as(key.key())
          .isEqualTo(RuleKind.valueOf(key.name()).comparesPrices());
    }
    assertThat(yaml.rule(OPTION, "target: {at: 80%, confirm: {quotes: 2}}").rule(null))
        .contains(new Confirmed(new ProfitTarget(gain("80")), new Confirmation.Quotes(2)));
  }

  @Test
  void levelsOfTheUnderlyingAreRefusedWhereAPremiumIsAsked() throws Exception {
    for (String rule :
        List.of(
            "stop: {underlying: 395}",
            "stop: {at: {underlying: 395}}",
            "stop: underlying 395",
            "stop: {at: underlying 395}")) {
      assertThat(yaml.ruleFaults(OPTION, rule))
          .as(rule)
          .singleElement()
          .asString()
          .startsWith("stop.at")
          .endsWith(
              "is a level of the underlying; an option is judged on its premium alone:"
                  + " use underlying-stop: {at: {price: 395}}");
    }
    assertThat(
            yaml.ruleFaults(OPTION, "catastrophic-stop: {at: {underlying: 1}, minimum-hold: 5m}"))
        .singleElement()
        .asString()
        .contains("premium alone");
  }

  @Test
  void storedLevelsAreRefusedForOptionsBecauseTheyAreOfTheUnderlying() throws Exception {
    assertThat(yaml.ruleFaults(OPTION, "stop: {stored-else: -60%}"))
        .containsExactly(
            "stop.stored-else is for stocks: rows of options store levels of the underlying; an"
                + " option is judged on its premium alone: give a level such as -60%, or use"
                + " underlying-stop: stored");
    assertThat(yaml.ruleFaults(OPTION, "target: {stored-else: 80%}"))
        .singleElement()
        .asString()
        .startsWith("target.stored-else is for stocks");
  }

  @Test
  void rulesForOptionsAreRefusedInAPlanForStocks() throws Exception {
    for (String rule :
        List.of(
            "expiry: 24h",
            "expiry-cut-off: {days-before: 0, at: 15:00}",
            "assignment-guard: {days-before: 0, from: 15:00}",
            "theta-decay: [{dte-at-most: 1, gain-below: 10%}]",
            "dte-ladder: [{dte-at-most: 1, gain-at-least: 10%}]",
            "underlying-stop: stored",
            "underlying-stop: {price: 395}",
            "roll-proposal: {dte-at-most: 21, gain-above: -10%, later-by-days: 30}")) {
      assertThat(yaml.ruleFaults(STOCK, rule))
          .containsExactly(
              rule.substring(0, rule.indexOf(':'))
                  + " is a rule for options; remove it: a stock has neither an expiry nor an"
                  + " underlying");
    }
  }

  private static Level gain(String points) {
    return new Level.AtGain(new Percent(new BigDecimal(points)));
  }

  private static Level range(String ranges, int days) {
    return new Level.AtRange(new BigDecimal(ranges), days, Optional.empty());
  }
}
