package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.id;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Side;

/** What is taken over with a holding, and what of the old records is not believed. */
class TakenOverTest {
  private static final String WMT = "WMT260220P00009000";
  private static final String REAL = "ALPACA_PAPER";

  @Test
  void whatWasWrittenDownInTheUnderlyingsPriceIsNoEntryOfAPremium() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .held(LARGE, QCOM, 12, "1.05")
            .plan();
    assertThat(plan.openings().getFirst().position().entry()).isEqualTo(Price.parse("5.1"));

    MigrationPlan wrong =
        new OldSystemRows()
            .execution(1, "large", WMT, 10)
            .position(7, 1, "large", WMT, "10", "open")
            .held(LARGE, WMT, 12, "1.05")
            .plan();
    assertThat(wrong.openings().getFirst().position().entry())
        .as("5.1 of a strike of 9")
        .isEqualTo(Price.parse("1.05"));
  }

  @Test
  @DisplayName("what the old system sold is none of the end of what is taken over")
  void itIsOursFromTheMomentAtWhichTheBrokerWasAsked() {
    MigrationPlan plan =
        new OldSystemRows().execution(1, "large", QCOM, 10).held(LARGE, QCOM, 10).plan();
    MigratedPosition.Open open = plan.openings().getFirst().position();
    assertThat(open.terms().ourSince()).contains(NOW);
    assertThat(open.terms().closableSince(open.openedAt())).isEqualTo(NOW);
  }

  @Test
  void pricesFromBeforeASplitAreNoPeakAndNoLevels() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", "DE", 40)
            .position(7, 1, "large", "DE", "40", "open", "7.4")
            .held(LARGE, "DE", 40, "1.30")
            .plan();
    MigrationPlan.Opening opening = plan.openings().getFirst();
    assertThat(opening.position().peak()).isEqualTo(Price.parse("1.30"));
    assertThat(opening.position().terms().stop()).isEmpty();
    assertThat(opening.position().terms().target()).isEmpty();
    assertThat(opening.doubt().orElseThrow()).contains("entered at 5.1", "1.3 at the broker");
  }

  @Test
  void pricesThatDifferByMoreThanATenthAreNotOfTheSameShares() {
    for (String average : new String[] {"3.825", "4.08", "4.60", "4.64", "5.60", "5.62", "6.8"}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(1, "large", "DE", 40)
              .position(7, 1, "large", "DE", "40", "open", "7.4")
              .held(LARGE, "DE", 40, average)
              .plan();
      assertThat(plan.openings().getFirst().doubt().isEmpty())
          .as("entered at 5.1, %s at the broker, as after 4:3 and 5:4", average)
          .isEqualTo(List.of("4.64", "5.60").contains(average));
    }
  }

  @Test
  @DisplayName("incident 14: the price of the underlying is no peak of a premium")
  void thePriceOfTheUnderlyingIsNoPeakOfAPremium() {
    for (String peak : new String[] {"72.49", "72.50"}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(1, "large", QCOM, 10)
              .position(7, 1, "large", QCOM, "10", "open", peak)
              .held(LARGE, QCOM, 10)
              .plan();
      MigrationPlan.Opening opening = plan.openings().getFirst();
      boolean believed = peak.equals("72.49");
      assertThat(opening.position().peak()).isEqualTo(Price.parse(believed ? peak : "5.25"));
      assertThat(opening.doubt().isEmpty()).isEqualTo(believed);
    }
  }

  @Test
  void aMomentWithoutATimeZoneIsMeantAsUtc() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, "\"2026-02-11T14:00:00.5\"", null)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.openings().getFirst().position().openedAt())
        .isEqualTo(Instant.parse("2026-02-11T14:00:00.5Z"));
  }

  @Test
  @DisplayName("incident 2: an execution that only a row of the old sync saw has its peak")
  void anExecutionThatOnlyTheOldSyncSawHasItsPeak() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 0, "large", QCOM, "10", "open", "7.4")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.openings().getFirst().position().id()).isEqualTo(id(LARGE, QCOM, 1));
    assertThat(plan.openings().getFirst().position().peak()).isEqualTo(Price.parse("7.4"));
  }

  @Test
  @DisplayName(
      "incident 13: the longest hold counts from the broker's fill, not from what a row says")
  void itIsHeldSinceTheBrokersFill() {
    Instant announced = NOW.minusSeconds(7_200);
    Instant written = announced.minusSeconds(18_000);
    MigrationPlan unnamed =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, announced)
            .position(7, 1, "large", QCOM, "10", "open", "5.5", written, null)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(unnamed.openings().getFirst().position().openedAt()).isEqualTo(announced);

    MigrationPlan named =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, announced, "a")
            .position(7, 1, "large", QCOM, "10", "open", "5.5", written, null)
            .filled(LARGE, QCOM, "a", Side.BUY, 10, announced.plusSeconds(600))
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(named.openings().getFirst().position().openedAt())
        .isEqualTo(announced.plusSeconds(600));
  }
}
