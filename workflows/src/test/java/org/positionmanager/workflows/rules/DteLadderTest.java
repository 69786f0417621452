package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

class DteLadderTest implements RuleContract {
  private static final DteLadder RULE = new DteLadder(List.of(step(7, "0%"), step(21, "25%")));

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @ParameterizedTest
  @CsvSource({
    "SHORT, 2026-01-30, 1.51, 1.50",
    "SHORT, 2026-02-12, 1.51, 1.50",
    "SHORT, 2026-02-13, 2.01, 2.00",
    "SHORT, 2026-02-20, 2.01, 2.00",
    "LONG,  2026-01-30, 2.49, 2.50",
    "LONG,  2026-02-13, 1.99, 2.00"
  })
  void theStepWithTheFewestDaysThatHasComeCounts(
      Direction direction, String day, String holds, String fires) {
    Scene held = on(day, Scene.call().entered(direction, "2.00").under(RULE));
    held.priced(holds).holds(Why.LEVEL_NOT_REACHED);
    held.priced(fires).fires(Why.LEVEL_REACHED);
    held.priced(fires).exits(ExitReason.TARGET);
  }

  @Test
  void furtherAwayItDoesNotLook() {
    Scene early = on("2026-01-29", Scene.call().sold("2.00").under(RULE));
    early.priced("0.01").isSkipped(Why.EXPIRY_FAR_AWAY);
    assertThat(early.level()).isEmpty();
    assertThat(early.nextChange()).isEmpty();
  }

  @Test
  void theLevelThatIsShownIsTheOneThatIsJudged() {
    Scene sold = Scene.call().sold("2.00").under(RULE);
    assertThat(on("2026-01-30", sold).level()).contains("1.5");
    assertThat(on("2026-02-13", sold).level()).contains("2");
  }

  @Test
  void aStepOfAllThatCanBeLostClosesALongWhateverItIsWorth() {
    Scene bought = Scene.call().bought("2.00").under(new DteLadder(List.of(step(21, "-100%"))));
    bought.quoted("0", "0.05").fires(Why.LEVEL_REACHED);
  }

  @Test
  void withoutAPriceItIsUnknown() {
    Scene.call().sold("2.00").under(RULE).unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("steps must not be empty");
    assertRefused("steps: dteAtMost must grow from row to row", step(7, "0%"), step(7, "25%"));
    assertRefused(
        "steps: gainAtLeast must not fall from row to row", step(7, "25%"), step(21, "24%"));
    assertThatThrownBy(() -> step(-1, "0%")).hasMessage("dteAtMost must not be negative, got: -1");
  }

  private static Scene on(String day, Scene scene) {
    return scene.during(day, "09:30", "16:00").at(newYork(day, "10:00"));
  }

  private static void assertRefused(String message, DteLadder.Step... steps) {
    assertThatThrownBy(() -> new DteLadder(List.of(steps))).hasMessageContaining(message);
  }

  private static DteLadder.Step step(int dte, String gain) {
    return new DteLadder.Step(dte, percent(gain));
  }
}
