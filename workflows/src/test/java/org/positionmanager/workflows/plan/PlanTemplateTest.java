package org.positionmanager.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.rules.CatastrophicStop;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitRule;
import org.positionmanager.workflows.rules.Expiry;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.MaxHold;
import org.positionmanager.workflows.rules.PriceSight;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingStop;
import org.positionmanager.workflows.rules.UnderlyingStop;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** What a template makes of a row, and what it refuses to be made of. */
class PlanTemplateTest {
  private static final Level TWO_PERCENT = new Level.AtGain(Percent.of(-2));
  private static final Level THREE_PERCENT = new Level.AtGain(Percent.of(3));
  private static final TermsOf EMPTY = TermsOf.row(Strategy.STOCK);

  @Test
  void theRowsLevelsReplaceThoseOfThePlan() {
    PlanTemplate stock =
        template(
            InstrumentKind.STOCK,
            new RuleTemplate.StoredStop(TWO_PERCENT),
            new RuleTemplate.StoredTarget(THREE_PERCENT),
            new RuleTemplate.StoredMaxHold(Duration.ofMinutes(360)));
    assertThat(stock.planFor(EMPTY.terms()).rules())
        .containsExactly(
            new MaxHold(Duration.ofMinutes(360)),
            new StopLoss(TWO_PERCENT),
            new ProfitTarget(THREE_PERCENT));
    TermsOf stored = EMPTY.stop("600").target("640.5").maxHold(Duration.ofMinutes(90));
    assertThat(stock.planFor(stored.terms()).rules())
        .containsExactly(
            new MaxHold(Duration.ofMinutes(90)),
            new StopLoss(new Level.AtPrice(Price.parse("600"))),
            new ProfitTarget(new Level.AtPrice(Price.parse("640.5"))));
  }

  @Test
  void anUnderlyingStopIsThereWhereTheRowHasTheLevel() {
    PlanTemplate option = template(InstrumentKind.OPTION, new RuleTemplate.StoredUnderlyingStop());
    assertThat(option.planFor(EMPTY.terms()).rules()).isEmpty();
    assertThat(option.planFor(EMPTY.underlyingStop("395").terms()).rules())
        .containsExactly(new UnderlyingStop(UnderlyingPrice.parse("395")));
  }

  @Test
  void storedLevelsOfPremiumsDoNotExistSoThatUnderlyingLevelsAreNeverTakenForThem() {
    assertThatThrownBy(
            () -> template(InstrumentKind.OPTION, new RuleTemplate.StoredStop(TWO_PERCENT)))
        .hasMessage("rules: 'stop' as it is given makes no sense for options");
    assertThatThrownBy(
            () -> template(InstrumentKind.OPTION, new RuleTemplate.StoredTarget(THREE_PERCENT)))
        .hasMessageContaining("'target'");
    assertThatThrownBy(
            () -> template(InstrumentKind.STOCK, new RuleTemplate.StoredUnderlyingStop()))
        .hasMessageContaining("'underlying stop'");
  }

  @Test
  void rulesForOptionsAreRefusedInAPlanForStocks() {
    assertThatThrownBy(
            () -> template(InstrumentKind.STOCK, fixed(new Expiry(Duration.ofHours(24)))))
        .hasMessage("rules: 'expiry' as it is given makes no sense for stocks");
  }

  @Test
  void twoRulesOfAKindAreRefused() {
    assertThatThrownBy(
            () ->
                template(
                    InstrumentKind.STOCK,
                    fixed(new StopLoss(TWO_PERCENT)),
                    new RuleTemplate.StoredStop(TWO_PERCENT)))
        .hasMessageContaining("two of the kind 'stop'");
  }

  @Test
  void aConfirmationGoesRoundWhateverTheRowMakesOfTheRule() {
    Confirmation twice = new Confirmation.Quotes(2);
    RuleTemplate confirmed =
        new RuleTemplate.Confirming(new RuleTemplate.StoredStop(TWO_PERCENT), twice);
    assertThat(template(InstrumentKind.STOCK, confirmed).planFor(EMPTY.stop("9").terms()).rules())
        .containsExactly(new Confirmed(new StopLoss(new Level.AtPrice(Price.parse("9"))), twice));
    assertThatThrownBy(() -> new RuleTemplate.Confirming(confirmed, twice))
        .hasMessageContaining("compares prices");
    assertThatThrownBy(
            () ->
                new RuleTemplate.Confirming(
                    new RuleTemplate.StoredMaxHold(Duration.ofHours(1)), twice))
        .hasMessageContaining("max hold");
  }

  @Test
  void timesHaveToBeAboveZero() {
    assertThatThrownBy(() -> new RuleTemplate.StoredMaxHold(Duration.ZERO))
        .hasMessageContaining("maxHold must be above zero");
    assertThatThrownBy(
            () ->
                new PlanTemplate(
                    "a",
                    InstrumentKind.STOCK,
                    List.of(),
                    new ExitStyle.MarketNow(),
                    Duration.ZERO,
                    PriceSight.of(Duration.ofMinutes(1))))
        .hasMessageContaining("reviewEvery must be above zero");
  }

  @Test
  void rangesAreReadWhereverALevelIsMadeOfOne() {
    Level twoOver14 = range("-2", 14);
    Level threeOver20 = range("3", 20);
    Plan plan =
        template(
                InstrumentKind.OPTION,
                fixed(new CatastrophicStop(twoOver14, Duration.ofMinutes(30))),
                fixed(new Confirmed(new StopLoss(twoOver14), new Confirmation.Quotes(2))),
                fixed(new TrailingStop(Percent.of(75))),
                fixed(new ProfitTarget(threeOver20)))
            .planFor(EMPTY.terms());
    ChosenPlan chosen = new ChosenPlan(plan, Optional.of(plan));
    assertThat(PlanRanges.missing(chosen)).containsExactly(14, 20);

    ChosenPlan read =
        PlanRanges.read(
            chosen, days -> days == 14 ? Optional.of(Price.parse("1.5")) : Optional.empty());
    Level known = new Level.AtRange(new BigDecimal("-2"), 14, Optional.of(Price.parse("1.5")));
    assertThat(read.plan().rules())
        .containsExactly(
            new CatastrophicStop(known, Duration.ofMinutes(30)),
            new Confirmed(new StopLoss(known), new Confirmation.Quotes(2)),
            new TrailingStop(Percent.of(75)),
            new ProfitTarget(threeOver20));
    assertThat(read.shadow()).contains(read.plan());
    assertThat(PlanRanges.missing(read)).containsExactly(20);
  }

  private static Level range(String ranges, int days) {
    return new Level.AtRange(new BigDecimal(ranges), days, Optional.empty());
  }

  private static RuleTemplate fixed(ExitRule rule) {
    return new RuleTemplate.Fixed(rule);
  }

  private static PlanTemplate template(InstrumentKind kind, RuleTemplate... rules) {
    return new PlanTemplate(
        "a",
        kind,
        List.of(rules),
        new ExitStyle.MarketNow(),
        Duration.ofMinutes(1),
        PriceSight.of(Duration.ofMinutes(1)));
  }
}
