package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.percent;
import static org.positionmanager.workflows.rules.Words.price;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/** Plans of every rule, as they are made, changed and written. */
class PlanChangesTest {
  private static final PlanChange ALL = change("4", "9", "60%", Duration.ofHours(2));
  private static final Scene BOUGHT = Scene.call().bought("5.00");

  @Test
  void aChangeOfNothingLeavesEveryRuleAsItIs() {
    Plan every = BOUGHT.under(PrecedenceTest.FIRING.toArray(ExitRule[]::new)).plan();
    Plan roll = BOUGHT.under(new RollProposal(21, percent("-10%"), 30)).plan();
    PlanChange nothing = change(null, null, null, null);
    assertThat(nothing.isEmpty()).isTrue();
    assertThat(Plans.changed(roll, nothing, BOUGHT.basis()).rules()).isEqualTo(roll.rules());
    PlanChange levels = change("1", "20", null, null);
    assertThat(Plans.changed(every, levels, BOUGHT.basis()).rules())
        .filteredOn(it -> !(it instanceof StopLoss) && !(it instanceof ProfitTarget))
        .isEqualTo(
            every.rules().stream()
                .filter(it -> !(it instanceof StopLoss) && !(it instanceof ProfitTarget))
                .toList());
  }

  @Test
  void whatAPlanDoesNotHaveYetIsAdded() {
    Plan changed = Plans.changed(BOUGHT.under().plan(), ALL, BOUGHT.basis());
    assertThat(changed.rules())
        .containsExactly(
            new MaxHold(Duration.ofHours(2)),
            new StopLoss(price("4")),
            new TrailingStop(percent("60%")),
            new ProfitTarget(price("9")));
    Scene bare = BOUGHT.under(new Expiry(Duration.ofHours(1)));
    Plan stopped = Plans.changed(bare.plan(), change("5.10", null, null, null), bare.basis());
    assertThatThrownBy(
            () -> Plans.requireNoExitAtOnce(bare.plan(), stopped, bare.basis(), bare.seen()))
        .hasMessage(
            "stop would close the position at once: level 5.1, price 5; to close it now, use"
                + " close");
  }

  @Test
  void aRuleThatWaitsForItsConfirmationGoesOnWaiting() {
    Confirmation twice = new Confirmation.Quotes(2);
    Scene held =
        BOUGHT.under(
            new Confirmed(new StopLoss(gain("-60%")), twice),
            new TrailingStop(percent("75%"), percent("5%")));
    assertThat(Plans.changed(held.plan(), change("4", null, "60%", null), held.basis()).rules())
        .containsExactly(
            new Confirmed(new StopLoss(price("4")), twice),
            new TrailingStop(percent("60%"), percent("5%")));
  }

  @Test
  void whichFieldsCountAsLevels() {
    assertThat(change("4", null, null, null).namesAPriceLevel()).isTrue();
    assertThat(change(null, "9", null, null).namesAPriceLevel()).isTrue();
    assertThat(change(null, null, "60%", null).namesAPriceLevel()).isTrue();
    PlanChange hold = change(null, null, null, Duration.ofHours(1));
    assertThat(hold.namesAPriceLevel()).isFalse();
    assertThat(hold.isEmpty()).isFalse();
    assertThat(change("4", null, null, null).isEmpty()).isFalse();
  }

  @Test
  void aStopWithoutATargetIsComparedWithNone() {
    Plan stop = BOUGHT.under(new StopLoss(gain("-60%"))).plan();
    assertThat(Plans.changed(stop, change("50", null, null, null), BOUGHT.basis()).version())
        .isEqualTo(2);
    Plan target = BOUGHT.under(new ProfitTarget(gain("80%"))).plan();
    assertThat(Plans.changed(target, change(null, "1", null, null), BOUGHT.basis()).version())
        .isEqualTo(2);
  }

  @Test
  void aPlanHasOneRuleOfAKindInTheOrderOfKinds() {
    StopLoss stop = new StopLoss(gain("-60%"));
    Expiry expiry = new Expiry(Duration.ofHours(24));
    Plan plan = BOUGHT.under(stop, expiry).plan();
    assertThat(plan.rules()).containsExactly(expiry, stop);
    assertThat(plan.rule(RuleKind.STOP)).contains(stop);
    assertThat(plan.rule(RuleKind.TARGET)).isEmpty();
    assertThatThrownBy(
            () -> BOUGHT.under(stop, new Confirmed(stop, new Confirmation.Quotes(2))).plan())
        .hasMessage("rules: there are two of the kind 'stop', a plan has at most one");
  }

  @Test
  void plansAreReadAsTheyWereWrittenAlsoByEarlierVersions() throws IOException {
    Plan named =
        new Plan(
            3,
            Optional.of("careful"),
            List.of(new StopLoss(gain("-60%"))),
            new ExitStyle.LimitThenMarket(percent("1%"), 3, Duration.ofSeconds(5)),
            Duration.ofMinutes(1),
            PriceSight.of(Duration.ofMinutes(5)));
    String written = Payloads.mapper().writeValueAsString(named);
    assertThat(Payloads.mapper().readValue(written, Plan.class)).isEqualTo(named);
    Plan old =
        Payloads.mapper()
            .readValue(
                """
                {"version":1,"rules":[],"style":{"type":"market"},"reviewEvery":"PT1M",\
                "staleAfter":"PT1M"}""",
                Plan.class);
    assertThat(old)
        .isEqualTo(
            new Plan(
                1,
                List.of(),
                new ExitStyle.MarketNow(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
  }

  @Test
  void limitsNeedStepsAndPatience() {
    Percent one = percent("1%");
    assertThat(new ExitStyle.LimitThenMarket(one, 1, Duration.ofNanos(1)).steps()).isEqualTo(1);
    assertThatThrownBy(() -> new ExitStyle.LimitThenMarket(one, 0, Duration.ofSeconds(1)))
        .hasMessageContaining("must be above zero");
    assertThatThrownBy(() -> new ExitStyle.LimitThenMarket(one, 1, Duration.ZERO))
        .hasMessageContaining("must be above zero");
    assertThatThrownBy(() -> new ExitStyle.LimitThenMarket(one, 1, Duration.ofNanos(-1)))
        .hasMessageContaining("must be above zero");
  }

  private static PlanChange change(String stop, String target, String keep, Duration maxHold) {
    return new PlanChange(
        Optional.ofNullable(stop).map(Price::parse),
        Optional.ofNullable(target).map(Price::parse),
        Optional.ofNullable(keep).map(Percent::parse),
        Optional.ofNullable(maxHold));
  }
}
