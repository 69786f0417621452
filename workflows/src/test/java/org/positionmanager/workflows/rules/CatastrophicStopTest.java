package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Scene.OPEN;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.minute;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatastrophicStopTest implements RuleContract {
  private static final CatastrophicStop RULE =
      new CatastrophicStop(gain("-50%"), Duration.ofMinutes(30));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE).at(29);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void aLongFiresWhenTouchedAndNotATickBefore() {
    BOUGHT.priced("2.51").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.priced("2.50").fires(Why.LEVEL_REACHED);
    BOUGHT.priced("2.49").fires(Why.LEVEL_REACHED);
    BOUGHT.priced("2.50").exits(ExitReason.CATASTROPHIC_STOP);
  }

  @Test
  void aShortFiresAboveItsEntry() {
    Scene sold = Scene.call().sold("5.00").under(RULE).at(1);
    sold.priced("7.49").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("7.50").fires(Why.LEVEL_REACHED);
    sold.priced("7.51").fires(Why.LEVEL_REACHED);
  }

  @Test
  void itIsOverWhenTheMinimumHoldIsOver() {
    Scene lost = BOUGHT.priced("2.50");
    lost.at(minute(30).minusNanos(1)).fires(Why.LEVEL_REACHED);
    lost.at(30).isSkipped(Why.MINIMUM_HOLD_OVER);
    assertThat(lost.at(minute(30).minusNanos(1)).level()).contains("2.5");
    assertThat(lost.at(30).level()).isEmpty();
  }

  @Test
  void theMinimumHoldForbidsTargetStopAndThetaDecayUntilItsEnd() {
    for (ExitRule waits :
        List.of(
            new StopLoss(gain("-10%")),
            new ProfitTarget(gain("-10%")),
            new ThetaDecay(List.of(new ThetaDecay.Step(10, Words.percent("0%")))))) {
      Scene early = BOUGHT.under(RULE, waits).priced("4.50");
      early.at(minute(30).minusNanos(1)).holdsOn();
      RuleTrace kept =
          early.answer().says(waits.kind(), Verdict.SUPPRESSED, Why.MINIMUM_HOLD).of(waits.kind());
      assertThat(kept.because()).startsWith("suppressed by the minimum hold: the price has");
      assertThat(kept.level()).isNotEqualTo(Reading.NONE);
      early.at(30).exits(waits.kind().reason());
    }
  }

  @Test
  void aLossThatIsCatastrophicOverridesTheMinimumHold() {
    Scene lost = BOUGHT.under(new StopLoss(gain("-10%")), RULE).priced("2.50");
    lost.exits(ExitReason.CATASTROPHIC_STOP);
    lost.answer().says(RuleKind.STOP, Verdict.SUPPRESSED, Why.MINIMUM_HOLD);
  }

  @Test
  void theMinimumHoldAlsoHoldsWhereTheCatastrophicStopHasToBeConfirmed() {
    Confirmed confirmed = new Confirmed(RULE, new Confirmation.Quotes(2));
    Scene early = BOUGHT.under(confirmed, new StopLoss(gain("-10%"))).priced("4.50");
    early.holdsOn();
    early.answer().says(RuleKind.STOP, Verdict.SUPPRESSED, Why.MINIMUM_HOLD);
    assertThat(early.nextChange()).contains(minute(30));
    early.at(30).exits(ExitReason.STOP);
  }

  @Test
  void timeAloneChangesItWhenTheHoldEnds() {
    assertThat(BOUGHT.at(0).nextChange()).contains(OPEN.plus(Duration.ofMinutes(30)));
    assertThat(BOUGHT.at(minute(30).minusNanos(1)).nextChange()).contains(minute(30));
    assertThat(BOUGHT.at(30).nextChange()).isEmpty();
  }

  @Test
  void withoutAPriceItIsUnknown() {
    BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
    BOUGHT.unpriced().at(30).isSkipped(Why.MINIMUM_HOLD_OVER);
    Level unread = new Level.AtRange(BigDecimal.ONE.negate(), 14, Optional.empty());
    BOUGHT.under(new CatastrophicStop(unread, Duration.ofMinutes(30))).isUnknown(Why.RANGE_UNKNOWN);
  }

  @Test
  void aHoldThatIsNotAboveZeroIsRefused() {
    assertThatThrownBy(() -> new CatastrophicStop(gain("-50%"), Duration.ZERO))
        .hasMessage("minimumHold must be above zero, got: PT0S");
    assertThatThrownBy(() -> new CatastrophicStop(gain("-50%"), Duration.ofNanos(-1)))
        .hasMessageContaining("minimumHold must be above zero");
  }
}
