package org.positionmanager.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.workflows.rules.Words.newYork;
import static org.positionmanager.workflows.rules.Words.percent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.value.Direction;

class GradedCloseTest implements RuleContract {
  private static final GradedClose RULE =
      new GradedClose(List.of(below(90, "-20%"), below(60, "-10%"), below(30, "0%"), all(5)));
  private static final Scene BOUGHT = Scene.call().bought("5.00").under(RULE);

  @Override
  public ExitRule rule() {
    return RULE;
  }

  @Override
  public Set<String> optional() {
    return Set.of("gainBelow");
  }

  @ParameterizedTest
  @CsvSource({
    "LONG,  14:30, 4.00, 3.99",
    "LONG,  14:59, 4.00, 3.99",
    "LONG,  15:00, 4.50, 4.49",
    "LONG,  15:15, 4.50, 4.49",
    "LONG,  15:30, 5.00, 4.99",
    "LONG,  15:54, 5.00, 4.99",
    "SHORT, 14:30, 6.00, 6.01",
    "SHORT, 15:00, 5.50, 5.51",
    "SHORT, 15:30, 5.00, 5.01"
  })
  void aStageKeepsWhatIsAtItsLevelAndClosesATickBelow(
      Direction direction, String time, String kept, String closed) {
    Scene held =
        Scene.call().entered(direction, "5.00").under(RULE).at(newYork("2026-02-11", time));
    held.priced(kept).holds(Why.LEVEL_NOT_REACHED);
    held.priced(closed).fires(Why.LEVEL_PASSED);
    held.priced(closed).exits(ExitReason.END_OF_DAY);
  }

  @Test
  void beforeTheFirstStageItDoesNotLook() {
    Scene before = BOUGHT.at(newYork("2026-02-11", "14:30").minusNanos(1)).priced("0.10");
    RuleTrace trace = before.holds(Why.MOMENT_NOT_COME);
    assertThat(trace.level()).hasToString("2026-02-11T19:30:00Z");
    before.unpriced().holds(Why.MOMENT_NOT_COME);
  }

  @Test
  void theLastStageClosesAllWithoutAPriceToo() {
    Scene last = BOUGHT.at(newYork("2026-02-11", "15:55"));
    assertThat(last.priced("9.00").fires(Why.MOMENT_HAS_COME).level())
        .hasToString("2026-02-11T20:55:00Z");
    last.unpriced().fires(Why.MOMENT_HAS_COME);
  }

  @Test
  void withoutAPriceAStageIsUnknown() {
    BOUGHT.at(newYork("2026-02-11", "15:00")).unpriced().isUnknown(Why.PRICE_UNKNOWN);
  }

  @Test
  void earlyClosesCount() {
    Scene early = BOUGHT.during("2026-11-27", "09:30", "13:00");
    early.at(newYork("2026-11-27", "12:15")).priced("4.49").fires(Why.LEVEL_PASSED);
    early.at(newYork("2026-11-27", "11:29")).priced("0.10").holds(Why.MOMENT_NOT_COME);
  }

  @Test
  void whileTheMarketIsClosedItIsSkipped() {
    Scene closed = BOUGHT.at(400).marketClosed();
    closed.isSkipped(Why.MARKET_CLOSED);
    assertThat(closed.nextChange()).isEmpty();
  }

  @Test
  void timeAloneChangesItAtEachStage() {
    assertThat(BOUGHT.at(0).nextChange()).contains(newYork("2026-02-11", "14:30"));
    assertThat(BOUGHT.at(newYork("2026-02-11", "14:30")).nextChange())
        .contains(newYork("2026-02-11", "15:00"));
    assertThat(BOUGHT.at(newYork("2026-02-11", "15:54")).nextChange())
        .contains(newYork("2026-02-11", "15:55"));
    assertThat(BOUGHT.at(newYork("2026-02-11", "15:55")).nextChange()).isEmpty();
  }

  @Test
  void nonsenseIsRefusedByTheNameOfTheField() {
    assertRefused("stages must not be empty");
    assertRefused(
        "stages: beforeClose must fall from row to row, got PT1H after PT1H",
        below(60, "0%"),
        below(60, "1%"));
    assertRefused(
        "stages: gainBelow must not fall from row to row, got -1% after 0%",
        below(60, "0%"), below(30, "-1%"));
    assertRefused("stages: only the last may close all", all(60), below(30, "0%"));
    assertThatThrownBy(() -> below(-1, "0%"))
        .hasMessage("beforeClose must not be negative, got: PT-1M");
    assertThat(new GradedClose(List.of(below(60, "0%"), below(0, "0%"))).stages()).hasSize(2);
    assertThat(new GradedClose.Stage(Duration.ofMinutes(5), null)).isEqualTo(all(5));
  }

  private static void assertRefused(String message, GradedClose.Stage... stages) {
    assertThatThrownBy(() -> new GradedClose(List.of(stages))).hasMessage(message);
  }

  private static GradedClose.Stage below(int minutes, String gain) {
    return new GradedClose.Stage(Duration.ofMinutes(minutes), Optional.of(percent(gain)));
  }

  private static GradedClose.Stage all(int minutes) {
    return new GradedClose.Stage(Duration.ofMinutes(minutes), Optional.empty());
  }
}
