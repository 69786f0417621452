package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.minute;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

class ShrinkingTargetTest implements RuleContract {
  private static final ShrinkingTarget RULE =
      new ShrinkingTarget(List.of(step(0, "80%"), step(60, "40%"), step(240, "0%")));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @ParameterizedTest
  @CsvSource({
    "LONG,    0, 8.99, 9.00",
    "LONG,   59, 8.99, 9.00",
    "LONG,   60, 6.99, 7.00",
    "LONG,  239, 6.99, 7.00",
    "LONG,  240, 4.99, 5.00",
    "SHORT,  59, 1.01, 1.00",
    "SHORT,  60, 3.01, 3.00",
    "SHORT, 240, 5.01, 5.00"
  })
  void theLastStepWhoseTimeHasComeCounts(
      Direction direction, int minutes, String holds, String fires) {
    Scene held = Scene.call().entered(direction, "5.00").under(RULE).at(minutes);
    held.priced(holds).holds(Why.LEVEL_NOT_REACHED);
    held.priced(fires).fires(Why.LEVEL_REACHED);
    held.priced(fires).exits(ExitReason.TARGET);
  }

  @Test
  void aTableThatBeginsLaterHasNoTargetBefore() {
    Scene later = BOUGHT.under(new ShrinkingTarget(List.of(step(60, "40%"))));
    later.at(minute(60).minusNanos(1)).priced("50").holds(Why.MOMENT_NOT_COME);
    assertThat(later.at(59).level()).isEmpty();
    assertThat(later.at(60).level()).contains("7");
    later.at(60).priced("7").fires(Why.LEVEL_REACHED);
  }

  @Test
  void timeAloneChangesItAtEachStep() {
    assertThat(BOUGHT.at(0).nextChange()).contains(minute(60));
    assertThat(BOUGHT.at(60).nextChange()).contains(minute(240));
    assertThat(BOUGHT.at(240).nextChange()).isEmpty();
  }

  @Test
  void withoutAPriceItIsUnknown() {
    BOUGHT.unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("steps must not be empty");
    assertRefused("steps: from must grow from row to row", step(60, "40%"), step(60, "40%"));
    assertRefused(
        "steps: gain must not grow from row to row, got 41% after 40%",
        step(0, "40%"), step(60, "41%"));
    assertThatThrownBy(() -> step(-1, "0%")).hasMessage("from must not be negative, got: PT-1M");
  }

  private static void assertRefused(String message, ShrinkingTarget.Step... steps) {
    assertThatThrownBy(() -> new ShrinkingTarget(List.of(steps))).hasMessageContaining(message);
  }

  private static ShrinkingTarget.Step step(int minutes, String gain) {
    return new ShrinkingTarget.Step(Duration.ofMinutes(minutes), percent(gain));
  }
}
