package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.percent;
import static org.positionmanager.workflows.rules.Words.price;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.value.UnderlyingPrice;

class ConfirmedTest implements RuleContract {
  private static final Confirmed TWICE =
      new Confirmed(new StopLoss(price("98")), new Confirmation.Quotes(2));
  private static final Confirmed FOR_A_MINUTE =
      new Confirmed(new StopLoss(price("98")), new Confirmation.Lasting(Duration.ofMinutes(1)));
  private static final Scene BOUGHT = Scene.stock().bought("100").under(TWICE);

  @Override
  public ExitRule rule() {
    return TWICE;
  }

  @Test
  void twoQuotesOneAfterTheOtherConfirm() {
    Scene path = BOUGHT.at(1).priced("97.90");
    RuleTrace first = path.isSuppressed(Why.NOT_CONFIRMED);
    assertThat(first.because())
        .isEqualTo("suppressed until it is confirmed: the price has reached the level");
    assertThat(first.level()).hasToString("98");
    path = path.then().at(2).priced("98.10");
    path.holds(Why.LEVEL_NOT_REACHED);
    path = path.then().at(3).priced("97.90");
    path.isSuppressed(Why.NOT_CONFIRMED);
    path = path.then().at(4).priced("97.80");
    path.fires(Why.LEVEL_REACHED);
    path.exits(ExitReason.STOP);
    path.then().at(5).priced("97.70").fires(Why.LEVEL_REACHED);
    path.then().at(5).priced("98.01").holds(Why.LEVEL_NOT_REACHED);
  }

  @Test
  @DisplayName("a moment needs no confirmation: the last graded stage closes a quiet contract")
  void aMomentNeedsNoConfirmation() {
    GradedClose graded =
        new GradedClose(
            List.of(
                new GradedClose.Stage(Duration.ofMinutes(30), Optional.of(percent("0%"))),
                new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty())));
    for (Confirmation by :
        List.of(new Confirmation.Quotes(2), new Confirmation.Lasting(Duration.ofMinutes(10)))) {
      Scene held = Scene.call().bought("5.00").under(new Confirmed(graded, by));
      Scene quiet = held.at(384).priced("4.90");
      quiet.isSuppressed(Why.NOT_CONFIRMED);
      Scene due = quiet.then().at(385).priced("4.90", Duration.ofMinutes(1));
      due.fires(Why.MOMENT_HAS_COME);
      due.exits(ExitReason.END_OF_DAY);
      held.at(385).unpriced().fires(Why.MOMENT_HAS_COME);
      held.at(minute(385).minusNanos(1)).unpriced().isUnknown(Why.PRICE_UNKNOWN);
    }
  }

  @Test
  void twoQuotesOfTheSamePriceCountTwice() {
    BOUGHT.at(1).priced("97.90").then().at(2).priced("97.90").fires(Why.LEVEL_REACHED);
  }

  @Test
  void theSameQuoteSeenTwiceCountsOnce() {
    Scene first = BOUGHT.at(1).priced("97.90");
    first.then().then().then().isSuppressed(Why.NOT_CONFIRMED);
    Scene again = first.then().at(3).priced("97.90", Duration.ofMinutes(2));
    again.isSuppressed(Why.NOT_CONFIRMED);
    Scene older = first.then().at(3).priced("97.90", Duration.ofMinutes(3));
    older.isSuppressed(Why.NOT_CONFIRMED);
    again.then().at(4).priced("97.90").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aQuoteThatIsUnusableSaysNothingEitherWay() {
    Scene gap = BOUGHT.at(1).priced("97.90").then().at(2).unpriced();
    gap.isUnknown(Why.PRICE_UNKNOWN);
    gap.then().at(3).priced("97.90").fires(Why.LEVEL_REACHED);
  }

  @Test
  void moreQuotesCanBeAskedFor() {
    Scene path = BOUGHT.under(new Confirmed(new StopLoss(price("98")), new Confirmation.Quotes(3)));
    path = path.at(1).priced("97").then().at(2).priced("97");
    path.isSuppressed(Why.NOT_CONFIRMED);
    path.then().at(3).priced("97").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aShortIsConfirmedAbove() {
    Scene sold =
        Scene.stock()
            .sold("100")
            .under(new Confirmed(new StopLoss(price("102")), new Confirmation.Quotes(2)));
    Scene first = sold.at(1).priced("102");
    first.isSuppressed(Why.NOT_CONFIRMED);
    first.then().at(2).priced("102.10").fires(Why.LEVEL_REACHED);
    first.then().at(2).priced("101.99").holds(Why.LEVEL_NOT_REACHED);
  }

  @Test
  void whatHasToLastFiresOnceItHasLasted() {
    Scene first = BOUGHT.under(FOR_A_MINUTE).at(1).priced("97.90");
    first.isSuppressed(Why.NOT_CONFIRMED);
    assertThat(first.nextChange()).contains(minute(2));
    Scene later = first.then();
    later.at(minute(2).minusNanos(1)).isSuppressed(Why.NOT_CONFIRMED);
    later.at(2).fires(Why.LEVEL_REACHED);
    assertThat(later.at(2).nextChange()).isEmpty();
  }

  @Test
  void whatIsInterruptedBeginsAnew() {
    Scene interrupted =
        BOUGHT
            .under(FOR_A_MINUTE)
            .at(1)
            .priced("97.90")
            .then()
            .at(minute(1).plusSeconds(30))
            .priced("98.01")
            .then()
            .at(minute(1).plusSeconds(40))
            .priced("97.90")
            .then();
    interrupted.at(2).isSuppressed(Why.NOT_CONFIRMED);
    interrupted.at(minute(2).plusSeconds(40)).fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAStreakOnlyTheRuleItselfChangesWithTime() {
    assertThat(BOUGHT.under(FOR_A_MINUTE).at(1).priced("99").nextChange()).isEmpty();
    assertThat(BOUGHT.at(1).priced("97.90").nextChange()).isEmpty();
    TimeStop late = new TimeStop(Duration.ofMinutes(240), Words.percent("5%"));
    Scene waiting = BOUGHT.under(new Confirmed(late, new Confirmation.Quotes(2))).at(1);
    assertThat(waiting.nextChange()).contains(minute(240));
  }

  @Test
  void whatTheRuleItselfWaitsForMayComeBeforeTheConfirmation() {
    CatastrophicStop stop = new CatastrophicStop(gain("-2%"), Duration.ofMinutes(30));
    Scene lost =
        BOUGHT
            .under(new Confirmed(stop, new Confirmation.Lasting(Duration.ofMinutes(10))))
            .priced("97");
    assertThat(lost.at(25).nextChange()).contains(minute(30));
    assertThat(lost.at(15).nextChange()).contains(minute(25));
  }

  @Test
  void theUnderlyingConfirmsByItsOwnQuotes() {
    Confirmed rule =
        new Confirmed(new UnderlyingStop(UnderlyingPrice.parse("395")), new Confirmation.Quotes(2));
    Scene first = Scene.call().under(rule).at(1).underlying("395");
    first.isSuppressed(Why.NOT_CONFIRMED);
    first
        .then()
        .at(minute(1).plusSeconds(30))
        .underlying("395", Duration.ofSeconds(30))
        .isSuppressed(Why.NOT_CONFIRMED);
    first.then().at(2).underlying("394").fires(Why.LEVEL_REACHED);
    first.then().at(2).underlying("396").holds(Why.LEVEL_NOT_REACHED);
  }

  @Test
  void tradesConfirmWhereTheyStandInForQuotes() {
    Scene blind = BOUGHT.unpriced().at(0).then().at(2).traded("97.90", Duration.ZERO);
    blind.isSuppressed(Why.NOT_CONFIRMED);
    blind.then().at(3).traded("97.90", Duration.ofMinutes(1)).isSuppressed(Why.NOT_CONFIRMED);
    blind.then().at(3).traded("97.90", Duration.ZERO).fires(Why.LEVEL_REACHED);
  }

  @Test
  void theBidConfirmsByTheStampOfItsQuoteWhereItStandsInForTheMid() {
    Scene blind = BOUGHT.trusting(PriceSource.NEAR_SIDE).unpriced().at(0).then();
    Scene first = blind.at(2).quoted("60", "100");
    first.isSuppressed(Why.NOT_CONFIRMED);
    first.then().isSuppressed(Why.NOT_CONFIRMED);
    first.then().at(3).quoted("60", "100").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aProfitIsConfirmedByQuotesAlone() {
    Confirmed target = new Confirmed(new ProfitTarget(price("103")), new Confirmation.Quotes(2));
    Scene first = BOUGHT.under(target).at(1).priced("103");
    first.isSuppressed(Why.NOT_CONFIRMED);
    first.then().at(2).priced("103").fires(Why.LEVEL_REACHED);
  }

  @Test
  void whereNoPriceIsNeededNothingIsWaitedFor() {
    GradedClose all =
        new GradedClose(List.of(new GradedClose.Stage(Duration.ofMinutes(5), Optional.empty())));
    Scene last = BOUGHT.under(new Confirmed(all, new Confirmation.Quotes(2))).unpriced().at(385);
    last.fires(Why.MOMENT_HAS_COME);
    last.at(384).holds(Why.MOMENT_NOT_COME);
  }

  @Test
  void eachRuleHasAStreakOfItsOwn() {
    Confirmed trailing =
        new Confirmed(new TrailingPercent(Words.percent("1%"), null), new Confirmation.Quotes(2));
    Scene first = BOUGHT.under(TWICE, trailing).at(1).priced("98.50");
    first
        .answer()
        .says(RuleKind.STOP, Verdict.HELD, Why.LEVEL_NOT_REACHED)
        .says(RuleKind.TRAILING_PERCENT, Verdict.SUPPRESSED, Why.NOT_CONFIRMED);
    Scene second = first.then().at(2).priced("97.90");
    second
        .answer()
        .says(RuleKind.STOP, Verdict.SUPPRESSED, Why.NOT_CONFIRMED)
        .says(RuleKind.TRAILING_PERCENT, Verdict.FIRED, Why.LEVEL_REACHED);
    second.then().at(3).exits(ExitReason.STOP);
  }

  @Test
  void theLevelIsThatOfTheRule() {
    assertThat(BOUGHT.level()).contains("98");
  }

  @Test
  void whatTheStreakIsMadeOfSurvivesAReload() throws IOException {
    Scene first = BOUGHT.at(1).priced("97.90").then();
    String written = Payloads.mapper().writeValueAsString(first.basis());
    Basis reloaded = Payloads.mapper().readValue(written, Basis.class);
    assertThat(reloaded).isEqualTo(first.basis());
    first.with(reloaded).at(2).priced("97.90").fires(Why.LEVEL_REACHED);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> new Confirmation.Quotes(1))
        .hasMessage("count must be 2 or more, got: 1");
    assertThatThrownBy(() -> new Confirmation.Lasting(Duration.ZERO))
        .hasMessage("time must be above zero, got: PT0S");
    assertThatThrownBy(() -> new Confirmed(TWICE, new Confirmation.Quotes(2)))
        .hasMessageContaining("rule must be one that compares prices");
    assertThatThrownBy(
            () -> new Confirmed(new MaxHold(Duration.ofHours(1)), new Confirmation.Quotes(2)))
        .hasMessage("rule must be one that compares prices, got: max hold");
    assertThatThrownBy(
            () -> new Confirmed(new Expiry(Duration.ofHours(1)), new Confirmation.Quotes(2)))
        .hasMessageContaining("rule must be one that compares prices, got: expiry");
  }
}
