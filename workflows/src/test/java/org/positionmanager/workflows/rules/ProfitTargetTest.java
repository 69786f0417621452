package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.rules.Words.gain;
import static org.positionmanager.workflows.rules.Words.price;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProfitTargetTest implements RuleContract {
  @Override
  public ExitRule rule() {
    return new ProfitTarget(gain("80%"));
  }

  @Test
  void aLongFiresWhenTouchedAndNotATickBefore() {
    Scene bought = Scene.call().bought("5.00").under(rule());
    bought.priced("8.99").holds(Why.LEVEL_NOT_REACHED);
    bought.priced("9.00").fires(Why.LEVEL_REACHED);
    bought.priced("9.01").fires(Why.LEVEL_REACHED);
    bought.priced("9.00").exits(ExitReason.TARGET);
    assertThat(bought.level()).contains("9");
  }

  @Test
  void aShortFiresBelowItsEntry() {
    Scene sold = Scene.put().sold("5.00").under(rule());
    sold.priced("1.01").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("1.00").fires(Why.LEVEL_REACHED);
    sold.priced("0.99").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aStoredPriceIsTakenAsItIs() {
    Scene stock = Scene.stock().bought("622").under(new ProfitTarget(price("640")));
    stock.priced("639.99").holds(Why.LEVEL_NOT_REACHED);
    stock.priced("640").fires(Why.LEVEL_REACHED);
  }

  @Test
  void aProfitIsTakenByAQuoteOnlyNeverByWhatStandsInForIt() {
    Scene blind =
        Scene.call()
            .bought("5.00")
            .under(rule())
            .unpriced()
            .traded("9.50", Duration.ofMinutes(1))
            .then()
            .at(2);
    blind.isUnknown(Why.PRICE_UNKNOWN);
  }
}
