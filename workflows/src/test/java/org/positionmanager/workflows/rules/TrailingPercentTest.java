package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TrailingPercentTest implements RuleContract {
  private static final TrailingPercent RULE = new TrailingPercent(percent("10%"), percent("0%"));
  private static final Scene BOUGHT = Scene.stock().bought("100").under(RULE);

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
    Scene risen = BOUGHT.peak("120");
    risen.priced("108.01").holds(Why.LEVEL_NOT_REACHED);
    risen.priced("108.00").fires(Why.LEVEL_REACHED);
    risen.priced("107.99").fires(Why.LEVEL_REACHED);
    risen.priced("108.00").exits(ExitReason.TRAILING_STOP);
  }

  @Test
  void aShortFollowsItsLow() {
    Scene fallen = Scene.stock().sold("100").under(RULE).peak("80");
    fallen.priced("87.99").holds(Why.LEVEL_NOT_REACHED);
    fallen.priced("88.00").fires(Why.LEVEL_REACHED);
    fallen.priced("88.01").fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAnActivationItIsAStopFromTheEntryOn() {
    BOUGHT.priced("90.01").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.priced("90.00").fires(Why.LEVEL_REACHED);
    Scene sold = Scene.stock().sold("100").under(RULE);
    sold.priced("109.99").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("110.00").fires(Why.LEVEL_REACHED);
  }

  @Test
  void itCountsFromItsActivationOn() {
    Scene later = BOUGHT.under(new TrailingPercent(percent("10%"), percent("5%")));
    later.peak("104.99").priced("90").holds(Why.NOT_ACTIVE_YET);
    later.peak("105").priced("94.51").holds(Why.LEVEL_NOT_REACHED);
    later.peak("105").priced("94.50").fires(Why.LEVEL_REACHED);
    assertThat(later.peak("104.99").level()).isEmpty();
    assertThat(later.peak("105").level()).contains("94.5");
  }

  @Test
  void withoutAPriceItIsUnknown() {
    BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> new TrailingPercent(percent("0%"), null))
        .hasMessage("distance must be above 0% and at most 100%, got: 0%");
    assertThatThrownBy(() -> new TrailingPercent(percent("100.01%"), null))
        .hasMessageContaining("distance must be above 0% and at most 100%");
    assertThatThrownBy(() -> new TrailingPercent(percent("10%"), percent("-1%")))
        .hasMessage("activation must not be negative, got: -1%");
    assertThat(new TrailingPercent(percent("10%"), null)).isEqualTo(RULE);
    assertThat(BOUGHT.under(new TrailingPercent(percent("100%"), null)).level()).contains("0");
  }
}
