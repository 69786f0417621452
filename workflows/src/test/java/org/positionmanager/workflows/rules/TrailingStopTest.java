package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.json.Payloads;

class TrailingStopTest implements RuleContract {
  private static final TrailingStop RULE = new TrailingStop(percent("75%"));
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
  void aLongKeepsThreeQuartersOfItsPeakGain() {
    Scene risen = BOUGHT.peak("13.00");
    risen.priced("12.01").holds(Why.LEVEL_NOT_REACHED);
    risen.priced("12.00").fires(Why.LEVEL_REACHED);
    risen.priced("11.99").fires(Why.LEVEL_REACHED);
    risen.priced("12.00").exits(ExitReason.TRAILING_STOP);
    assertThat(risen.level()).contains("12");
  }

  @Test
  void aShortKeepsThreeQuartersOfItsGainAtTheLow() {
    Scene fallen = Scene.stock().sold("100").under(RULE).peak("98");
    fallen.priced("98.49").holds(Why.LEVEL_NOT_REACHED);
    fallen.priced("98.50").fires(Why.LEVEL_REACHED);
    fallen.priced("98.51").fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAGainThereIsNothingToTrail() {
    BOUGHT.priced("8.99").holds(Why.NOT_ACTIVE_YET);
    BOUGHT.priced("9.00").holds(Why.NOT_ACTIVE_YET);
    BOUGHT.unpriced().holds(Why.NOT_ACTIVE_YET);
    assertThat(BOUGHT.level()).isEmpty();
    Scene.stock().sold("100").under(RULE).priced("100.01").holds(Why.NOT_ACTIVE_YET);
  }

  @Test
  void itCountsFromItsActivationOn() {
    Scene later = BOUGHT.under(new TrailingStop(percent("75%"), percent("10%")));
    later.peak("9.89").priced("9.00").holds(Why.NOT_ACTIVE_YET);
    later.peak("9.90").priced("9.68").holds(Why.LEVEL_NOT_REACHED);
    later.peak("9.90").priced("9.67").fires(Why.LEVEL_REACHED);
  }

  @Test
  void keepingAllOfItFiresAtThePeakItself() {
    Scene all = BOUGHT.under(new TrailingStop(percent("100%"))).peak("13.00");
    all.priced("13.00").fires(Why.LEVEL_REACHED);
  }

  @Test
  @DisplayName("incident 11: the peak survives a reload, and the trailing stop fires after it")
  void thePeakSurvivesAReload() throws IOException {
    Scene fallen = BOUGHT.priced("13.95").then().priced("12.80").then();
    String written = Payloads.mapper().writeValueAsString(fallen.basis());
    Scene reloaded = BOUGHT.with(Payloads.mapper().readValue(written, Basis.class));
    assertThat(reloaded.basis().peak()).hasToString("13.95");
    // 9.00 + 75% of 4.95 = 12.7125
    reloaded.priced("12.72").holds(Why.LEVEL_NOT_REACHED);
    RuleTrace trace = reloaded.priced("12.71").fires(Why.LEVEL_REACHED);
    assertThat(trace.level()).as("for people, in cents").hasToString("12.71");
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> new TrailingStop(percent("0%")))
        .hasMessage("trailingKeep must be above 0% and at most 100%, got: 0%");
    assertThatThrownBy(() -> new TrailingStop(percent("100.01%")))
        .hasMessageContaining("trailingKeep must be above 0% and at most 100%");
    assertThatThrownBy(() -> new TrailingStop(percent("75%"), percent("-1%")))
        .hasMessage("activation must not be negative, got: -1%");
    assertThat(new TrailingStop(percent("75%"), null)).isEqualTo(RULE);
  }
}
