package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThetaDecayTest implements RuleContract {
  private static final ThetaDecay RULE = new ThetaDecay(List.of(step(1, "10%"), step(2, "0%")));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void aDayBeforeExpiryATenthHasToBeGained() {
    for (String day : List.of("2026-02-19", "2026-02-20")) {
      Scene late = on(day);
      late.priced("5.50").holds(Why.LEVEL_NOT_REACHED);
      late.priced("5.49").fires(Why.LEVEL_PASSED);
      late.priced("5.49").exits(ExitReason.THETA_DECAY);
    }
  }

  @Test
  void twoDaysBeforeExpiryItMustNotLose() {
    on("2026-02-18").priced("5.00").holds(Why.LEVEL_NOT_REACHED);
    on("2026-02-18").priced("4.99").fires(Why.LEVEL_PASSED);
  }

  @Test
  void furtherAwayItDoesNotLook() {
    on("2026-02-17").priced("0.10").isSkipped(Why.EXPIRY_FAR_AWAY);
    on("2026-02-17").unpriced().isSkipped(Why.EXPIRY_FAR_AWAY);
  }

  @Test
  void whoSoldIsNotConcerned() {
    Scene sold = Scene.call().sold("5.00").under(RULE).at(newYork("2026-02-20", "10:00"));
    sold.priced("9.00").isSkipped(Why.SOLD_OPTION);
  }

  @Test
  void withoutAPriceItIsUnknown() {
    on("2026-02-19").unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void daysAreThoseOfNewYorkAlsoOverNight() {
    Scene evening = BOUGHT.marketClosed().priced("4.99");
    evening.at(newYork("2026-02-17", "23:59:59")).isSkipped(Why.EXPIRY_FAR_AWAY);
    evening.at(newYork("2026-02-18", "00:00")).fires(Why.LEVEL_PASSED);
  }

  @Test
  void theLevelThatIsShownIsTheOneThatIsJudged() {
    assertThat(on("2026-02-17").level()).isEmpty();
    assertThat(on("2026-02-18").level()).contains("5");
    assertThat(on("2026-02-19").level()).contains("5.5");
    assertThat(on("2026-02-20").level()).contains("5.5");
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("steps must not be empty");
    assertRefused(
        "steps: dteAtMost must grow from row to row, got 1 after 1", step(1, "10%"), step(1, "0%"));
    assertRefused(
        "steps: gainBelow must not grow from row to row, got 11% after 10%",
        step(1, "10%"), step(2, "11%"));
    assertThat(new ThetaDecay(List.of(step(1, "10%"), step(2, "10%"))).steps()).hasSize(2);
    assertThatThrownBy(() -> step(-1, "0%")).hasMessage("dteAtMost must not be negative, got: -1");
  }

  private static Scene on(String day) {
    return BOUGHT.during(day, "09:30", "16:00").at(newYork(day, "10:00"));
  }

  private static void assertRefused(String message, ThetaDecay.Step... steps) {
    assertThatThrownBy(() -> new ThetaDecay(List.of(steps))).hasMessage(message);
  }

  private static ThetaDecay.Step step(int dte, String gain) {
    return new ThetaDecay.Step(dte, percent(gain));
  }
}
