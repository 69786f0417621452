package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.value.Price;

class TrailingAmountTest implements RuleContract {
  private static final TrailingAmount RULE = amount("0.75", "0%");
  private static final Scene BOUGHT = Scene.call().bought("9.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Override
  public Set<String> optional() {
    return Set.of("activation");
  }

  @Test
  void aLongFollowsItsHigh() {
    Scene risen = BOUGHT.peak("13.00");
    risen.priced("12.26").holds(Why.LEVEL_NOT_REACHED);
    risen.priced("12.25").fires(Why.LEVEL_REACHED);
    risen.priced("12.24").fires(Why.LEVEL_REACHED);
    risen.priced("12.25").exits(ExitReason.TRAILING_STOP);
  }

  @Test
  void aShortFollowsItsLow() {
    Scene fallen = Scene.call().sold("9.00").under(RULE).peak("6.00");
    fallen.priced("6.74").holds(Why.LEVEL_NOT_REACHED);
    fallen.priced("6.75").fires(Why.LEVEL_REACHED);
    fallen.priced("6.76").fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAnActivationItIsAStopFromTheEntryOn() {
    BOUGHT.priced("8.26").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.priced("8.25").fires(Why.LEVEL_REACHED);
  }

  @Test
  void itCountsFromItsActivationOn() {
    Scene later = BOUGHT.under(amount("0.75", "10%"));
    later.peak("9.89").priced("8.00").holds(Why.NOT_ACTIVE_YET);
    later.peak("9.90").priced("9.15").fires(Why.LEVEL_REACHED);
    later.peak("9.90").priced("9.16").holds(Why.LEVEL_NOT_REACHED);
  }

  @Test
  void aLevelEndsAtZero() {
    assertThat(BOUGHT.under(amount("10", "0%")).level()).contains("0");
  }

  @Test
  void withoutAPriceItIsUnknown() {
    BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> amount("0", "0%")).hasMessage("distance must be above zero, got: 0");
    assertThatThrownBy(() -> amount("1", "-1%"))
        .hasMessage("activation must not be negative, got: -1%");
    assertThat(new TrailingAmount(Price.parse("0.75"), null)).isEqualTo(RULE);
  }

  private static TrailingAmount amount(String distance, String activation) {
    return new TrailingAmount(Price.parse(distance), percent(activation));
  }
}
