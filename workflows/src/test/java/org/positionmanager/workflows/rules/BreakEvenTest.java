package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BreakEvenTest implements RuleContract {
  private static final BreakEven RULE = new BreakEven(percent("10%"), percent("0%"));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Override
  public Set<String> optional() {
    return Set.of("keep");
  }

  @Test
  void aLongFiresAtItsEntryOnceItGainedEnough() {
    BOUGHT.peak("5.49").priced("5.00").holds(Why.NOT_ACTIVE_YET);
    BOUGHT.peak("5.50").priced("5.01").holds(Why.LEVEL_NOT_REACHED);
    BOUGHT.peak("5.50").priced("5.00").fires(Why.LEVEL_REACHED);
    BOUGHT.peak("5.51").priced("4.99").fires(Why.LEVEL_REACHED);
    BOUGHT.peak("5.50").priced("5.00").exits(ExitReason.BREAK_EVEN);
  }

  @Test
  void aShortFiresAtItsEntryOnceItGainedEnough() {
    Scene sold = Scene.call().sold("5.00").under(RULE);
    sold.peak("4.51").priced("5.00").holds(Why.NOT_ACTIVE_YET);
    sold.peak("4.50").priced("4.99").holds(Why.LEVEL_NOT_REACHED);
    sold.peak("4.50").priced("5.00").fires(Why.LEVEL_REACHED);
    sold.peak("4.49").priced("5.01").fires(Why.LEVEL_REACHED);
  }

  @Test
  void whatIsKeptLiesBeyondTheEntry() {
    BreakEven keeping = new BreakEven(percent("10%"), percent("2%"));
    Scene bought = BOUGHT.under(keeping).peak("5.50");
    bought.priced("5.11").holds(Why.LEVEL_NOT_REACHED);
    bought.priced("5.10").fires(Why.LEVEL_REACHED);
    Scene sold = Scene.call().sold("5.00").under(keeping).peak("4.50");
    sold.priced("4.89").holds(Why.LEVEL_NOT_REACHED);
    sold.priced("4.90").fires(Why.LEVEL_REACHED);
  }

  @Test
  void itActsAlreadyOnTheLookThatBroughtTheGain() {
    Scene seen = BOUGHT.priced("5.50").then();
    assertThat(seen.level()).contains("5");
    assertThat(BOUGHT.level()).isEmpty();
    seen.priced("5.00").fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAPriceItIsUnknownOnceItCounts() {
    BOUGHT.unpriced().holds(Why.NOT_ACTIVE_YET);
    BOUGHT.peak("5.50").unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThat(new BreakEven(percent("10%"), null)).isEqualTo(RULE);
    assertThatThrownBy(() -> new BreakEven(percent("10%"), percent("-0.01%")))
        .hasMessage("keep must not be negative, got: -0.01%");
    assertThatThrownBy(() -> new BreakEven(percent("2%"), percent("2%")))
        .hasMessage("activation must be above keep 2%, got: 2%");
  }
}
