package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.price;

import org.junit.jupiter.api.Test;

class StopLossTest implements RuleContract {
  private static final Scene BOUGHT =
      Scene.call().bought("5.00").under(new StopLoss(gain("-60%"))).at(31);

  @Override
  public ExitRule rule() {
    return new StopLoss(gain("-60%"));
  }

  @Test
  void aLongFiresWhenTouchedAndNotATickBefore() {
    BOUGHT.priced("2.01").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.priced("2.00").fires(Why.LEVEL_REACHED);
    BOUGHT.priced("1.99").fires(Why.LEVEL_REACHED);
    BOUGHT.priced("2.00").exits(ExitReason.STOP);
  }

  @Test
  void aShortFiresAboveItsEntry() {
    Scene sold = Scene.call().sold("5.00").under(rule()).at(31);
    sold.priced("7.99").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("8.00").fires(Why.LEVEL_REACHED);
    sold.priced("8.01").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aStoredPriceIsTakenAsItIs() {
    Scene stock = Scene.stock().bought("622").under(new StopLoss(price("600")));
    stock.priced("600.01").holds(Why.LEVEL_NOT_REACHED);
    stock.priced("600").fires(Why.LEVEL_REACHED);
  }

  @Test
  void theLevelThatIsShownIsTheOneThatIsJudged() {
    assertThat(BOUGHT.level()).contains("2");
    RuleTrace trace = BOUGHT.priced("2.01").holds(Why.LEVEL_NOT_REACHED);
    assertThat(trace.level()).hasToString("2");
    assertThat(trace.observed()).hasToString("2.01");
    assertThat(trace.because()).isEqualTo("the price has not reached the level");
  }

  @Test
  void withoutAPriceItIsUnknownAndSaysWhatIsMissing() {
    RuleTrace trace = BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
    assertThat(trace.observed()).hasToString("MISSING");
    assertThat(trace.level()).hasToString("2");
    assertThat(trace.because()).isEqualTo("no usable price: the market data has no quote");
  }

  @Test
  void timeAloneChangesNothing() {
    assertThat(BOUGHT.nextChange()).isEmpty();
  }
}
