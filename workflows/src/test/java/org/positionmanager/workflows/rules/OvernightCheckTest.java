package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

/** Ten contracts entered at 5.00 that gain 12% are worth $5,600: 5% of $112,000. */
class OvernightCheckTest implements RuleContract {
  private static final OvernightCheck RULE =
      new OvernightCheck(List.of(stage(60, 2), stage(30, 1)), 3, percent("10%"), percent("5%"));
  private static final Scene GOOD =
      Scene.call()
          .bought("5.00")
          .under(RULE)
          .at(newYork("2026-02-11", "15:30"))
          .priced("5.60")
          .equity("112000 USD");

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Test
  void whatMeetsAllCriteriaAtTheirLimitsStays() {
    RuleTrace trace = GOOD.holds(Why.CRITERIA_MET);
    assertThat(trace.because())
        .isEqualTo(
            "the criteria for staying over night are met: days to expiry MET, gain MET, size MET; 1"
                + " failing are too many");
    GOOD.priced("5.50").holds(Why.CRITERIA_MET);
  }

  @ParameterizedTest
  @CsvSource({"LONG, 5.50, 5.49", "SHORT, 4.50, 4.51"})
  void aGainThatIsATickTooSmallFails(Direction direction, String met, String failed) {
    Scene held =
        Scene.call().entered(direction, "5.00").under(RULE).at(GOOD.now()).equity("112000 USD");
    held.priced(met).holds(Why.CRITERIA_MET);
    held.priced(failed).fires(Why.CRITERIA_FAILED);
    held.priced(failed).exits(ExitReason.END_OF_DAY);
  }

  @Test
  @DisplayName("incident 23: the size of what is held counts a hundred per contract")
  void aSizeThatIsACentTooLargeFails() {
    GOOD.equity("111999.99 USD").fires(Why.CRITERIA_FAILED);
    GOOD.equity("111999.99 USD").closedSoFar("1").holds(Why.CRITERIA_MET);
    Scene stock = Scene.stock().bought("5.00").under(RULE).at(GOOD.now()).priced("5.60");
    stock.equity("1120 USD").holds(Why.CRITERIA_MET);
    stock.equity("1119.99 USD").fires(Why.CRITERIA_FAILED);
  }

  @Test
  void aContractWithTooFewDaysFails() {
    Scene third = GOOD.during("2026-02-17", "09:30", "16:00").at(newYork("2026-02-17", "15:30"));
    third.holds(Why.CRITERIA_MET);
    Scene second = GOOD.during("2026-02-18", "09:30", "16:00").at(newYork("2026-02-18", "15:30"));
    RuleTrace trace = second.fires(Why.CRITERIA_FAILED);
    assertThat(trace.note()).startsWith("days to expiry FAILED, gain MET, size MET");
  }

  @Test
  void oneFailureIsAllowedInTheFirstStageAndNotInTheSecond() {
    Scene twoDaysLeft =
        GOOD.during("2026-02-18", "09:30", "16:00").at(newYork("2026-02-18", "15:20"));
    twoDaysLeft.holds(Why.CRITERIA_MET);
    twoDaysLeft.at(newYork("2026-02-18", "15:30").minusNanos(1)).holds(Why.CRITERIA_MET);
    twoDaysLeft.at(newYork("2026-02-18", "15:35")).fires(Why.CRITERIA_FAILED);
    Scene losesToo = twoDaysLeft.priced("5.49");
    losesToo.fires(Why.CRITERIA_FAILED);
    losesToo.at(newYork("2026-02-18", "15:00")).fires(Why.CRITERIA_FAILED);
    losesToo.at(newYork("2026-02-18", "15:00").minusNanos(1)).holds(Why.MOMENT_NOT_COME);
  }

  @Test
  void beforeTheFirstStageItShowsWhenItBegins() {
    RuleTrace trace = GOOD.at(1).unpriced().holds(Why.MOMENT_NOT_COME);
    assertThat(trace.level()).hasToString("2026-02-11T20:00:00Z");
    assertThat(trace.observed()).hasToString("2026-02-11T14:31:00Z");
  }

  @Test
  void whatIsUnknownCountsOnlyWhereItCouldDecide() {
    Scene noEquity =
        Scene.call().bought("5.00").under(RULE).at(newYork("2026-02-11", "15:00")).priced("5.60");
    noEquity.holds(Why.CRITERIA_MET);
    noEquity.priced("5.49").isUnknown(Why.EQUITY_UNKNOWN);
    noEquity.at(GOOD.now()).isUnknown(Why.EQUITY_UNKNOWN);
    noEquity.at(GOOD.now()).priced("5.49").fires(Why.CRITERIA_FAILED);
    RuleTrace blind = GOOD.unpriced().isUnknown(Why.PRICE_UNKNOWN);
    assertThat(blind.note()).startsWith("days to expiry MET, gain UNKNOWN, size UNKNOWN");
    noEquity.unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void stocksDoNotExpire() {
    Scene.stock()
        .bought("100")
        .under(RULE)
        .at(GOOD.now())
        .priced("110")
        .equity("100000 USD")
        .holds(Why.CRITERIA_MET);
  }

  @Test
  void timeAloneChangesItAtEachStage() {
    assertThat(GOOD.at(0).nextChange()).contains(newYork("2026-02-11", "15:00"));
    assertThat(GOOD.at(newYork("2026-02-11", "15:00")).nextChange())
        .contains(newYork("2026-02-11", "15:30"));
    assertThat(GOOD.nextChange()).isEmpty();
    GOOD.at(400).marketClosed().isSkipped(Why.MARKET_CLOSED);
    assertThat(GOOD.at(400).marketClosed().nextChange()).isEmpty();
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertThatThrownBy(() -> stage(60, 0)).hasMessage("failures must be 1 to 3, got: 0");
    assertThatThrownBy(() -> stage(60, 4)).hasMessage("failures must be 1 to 3, got: 4");
    assertThat(stage(0, 3).failures()).isEqualTo(3);
    assertThatThrownBy(() -> stage(-1, 1)).hasMessageContaining("beforeClose");
    assertRefused("stages must not be empty", 3, "5%");
    assertRefused("stages: beforeClose must fall", 3, "5%", stage(30, 2), stage(60, 1));
    assertRefused("stages: failures must not grow", 3, "5%", stage(60, 1), stage(30, 2));
    assertRefused("minDte must not be negative, got: -1", -1, "5%", stage(60, 1));
    assertRefused("maxShare must be above 0%", 3, "0%", stage(60, 1));
    assertRefused("maxShare must be above 0%", 3, "100.01%", stage(60, 1));
  }

  private static void assertRefused(
      String message, int minDte, String maxShare, OvernightCheck.Stage... stages) {
    assertThatThrownBy(
            () -> new OvernightCheck(List.of(stages), minDte, percent("10%"), percent(maxShare)))
        .hasMessageContaining(message);
  }

  private static OvernightCheck.Stage stage(int minutes, int failures) {
    return new OvernightCheck.Stage(Duration.ofMinutes(minutes), failures);
  }
}
