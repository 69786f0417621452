package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

class TrailingPercentTest implements RuleContract {
  private static final TrailingPercent RULE = new TrailingPercent(percent("10%"), percent("0%"));
  private static final TrailingPercent TWO_STAGES =
      new TrailingPercent(percent("10%"), percent("0%"), List.of(step("20%", "3%")));
  private static final Scene BOUGHT = Scene.stock().bought("100").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Override
  public Set<String> optional() {
    return Set.of("activation", "then");
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

  @ParameterizedTest
  @DisplayName("once enough was gained the smaller distance counts, from the gain itself on")
  @CsvSource({
    // direction, peak before the gain, fires at, peak at the gain, fires at, a tick short of it
    "LONG,  119.99, 107.991, 120, 116.40, 116.41",
    "SHORT, 80.01,  88.011,  80,  82.40,  82.39"
  })
  void theSmallerDistanceCountsOnceEnoughWasGained(
      Direction direction, String before, String wide, String at, String tight, String notYet) {
    Scene held = Scene.stock().entered(direction, "100").under(TWO_STAGES);
    assertThat(held.peak(before).level()).contains(wide);
    held.peak(before).priced(tight).holds(Why.LEVEL_NOT_REACHED);
    held.peak(before).priced(wide).fires(Why.LEVEL_REACHED);
    assertThat(held.peak(at).level()).contains(Price.parse(tight).toString());
    held.peak(at).priced(notYet).holds(Why.LEVEL_NOT_REACHED);
    held.peak(at).priced(tight).fires(Why.LEVEL_REACHED);
  }

  @Test
  void eachStepIsTighterThanTheOneBefore() {
    TrailingPercent rule =
        new TrailingPercent(
            percent("10%"), percent("5%"), List.of(step("20%", "3%"), step("30%", "1%")));
    Scene held = BOUGHT.under(rule);
    assertThat(held.peak("104.99").level()).isEmpty();
    assertThat(held.peak("105").level()).contains("94.5");
    assertThat(held.peak("129.99").level()).contains("126.0903");
    assertThat(held.peak("130").level()).contains("128.7");
  }

  @Test
  void stepsThatWouldLoosenItAreRefusedByTheNameOfTheField() throws IOException {
    assertRefused("then: gain must be above activation 5%, got: 5%", step("5%", "3%"));
    assertRefused("then: distance must be smaller than 10%, got: 10%", step("6%", "10%"));
    assertRefused("then: gain must grow", step("20%", "3%"), step("20%", "2%"));
    assertRefused("then: distance must not grow", step("20%", "3%"), step("30%", "4%"));
    assertThatThrownBy(() -> step("20%", "0%")).hasMessageContaining("distance must be above 0%");
    assertThatThrownBy(() -> new TrailingPercent.Tighter(null, percent("1%")))
        .hasMessage("gain must be given");
    assertThat(new TrailingPercent(percent("10%"), percent("0%"), null)).isEqualTo(RULE);
    String written = JSON.writeValueAsString(TWO_STAGES);
    assertThat(JSON.readValue(written, ExitRule.class)).isEqualTo(TWO_STAGES);
  }

  private static void assertRefused(String message, TrailingPercent.Tighter... steps) {
    assertThatThrownBy(() -> new TrailingPercent(percent("10%"), percent("5%"), List.of(steps)))
        .hasMessageContaining(message);
  }

  private static TrailingPercent.Tighter step(String gain, String distance) {
    return new TrailingPercent.Tighter(percent(gain), percent(distance));
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
