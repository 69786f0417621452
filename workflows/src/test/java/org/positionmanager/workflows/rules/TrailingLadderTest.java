package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

class TrailingLadderTest implements RuleContract {
  private static final TrailingLadder RULE =
      new TrailingLadder(List.of(step("20%", "70%"), step("40%", "80%"), step("60%", "85%")));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @ParameterizedTest
  @CsvSource({
    "LONG,  6.00, 5.71, 5.70",
    "LONG,  6.99, 6.40, 6.39",
    "LONG,  7.00, 6.61, 6.60",
    "LONG,  8.00, 7.56, 7.55",
    "LONG,  9.00, 8.41, 8.40",
    "SHORT, 4.00, 4.29, 4.30",
    "SHORT, 3.00, 3.39, 3.40",
    "SHORT, 2.00, 2.44, 2.45"
  })
  void theShareOfTheHighestStepReachedIsKept(
      Direction direction, String peak, String holds, String fires) {
    Scene held = Scene.call().entered(direction, "5.00").under(RULE).peak(peak);
    held.priced(holds).holds(Why.LEVEL_NOT_REACHED);
    held.priced(fires).fires(Why.LEVEL_REACHED);
    held.priced(fires).exits(ExitReason.TRAILING_STOP);
  }

  @Test
  void belowTheFirstStepItDoesNothing() {
    BOUGHT.peak("5.99").priced("1.00").holds(Why.NOT_ACTIVE_YET);
    BOUGHT.peak("5.99").unpriced().holds(Why.NOT_ACTIVE_YET);
    Scene.call().sold("5.00").under(RULE).peak("4.01").priced("9.00").holds(Why.NOT_ACTIVE_YET);
    assertThat(BOUGHT.peak("5.99").level()).isEmpty();
    assertThat(BOUGHT.peak("7.00").level()).contains("6.6");
  }

  @Test
  void withoutAPriceItIsUnknownOnceItCounts() {
    BOUGHT.peak("7.00").unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("steps must not be empty");
    assertRefused("steps: gain must grow from row to row", step("20%", "70%"), step("20%", "80%"));
    assertRefused(
        "steps: keep must not fall from row to row, got 69% after 70%",
        step("20%", "70%"), step("40%", "69%"));
    assertThat(new TrailingLadder(List.of(step("20%", "70%"), step("40%", "70%"))).steps())
        .hasSize(2);
    assertThatThrownBy(() -> step("0%", "70%")).hasMessage("gain must be above 0%, got: 0%");
    assertThatThrownBy(() -> step("20%", "0%")).hasMessageContaining("keep must be above 0%");
    assertThatThrownBy(() -> step("20%", "101%")).hasMessageContaining("keep must be above 0%");
  }

  private static void assertRefused(String message, TrailingLadder.Step... steps) {
    assertThatThrownBy(() -> new TrailingLadder(List.of(steps))).hasMessageContaining(message);
  }

  private static TrailingLadder.Step step(String gain, String keep) {
    return new TrailingLadder.Step(percent(gain), percent(keep));
  }
}
