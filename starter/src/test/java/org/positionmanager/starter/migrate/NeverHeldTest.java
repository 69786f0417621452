package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.execution;
import static org.positionmanager.starter.migrate.OldSystemRows.id;
import static org.positionmanager.starter.migrate.OldSystemRows.position;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.positionmanager.worker.HeldAtBroker;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** An execution that holds nothing, or nothing any more, gets nobody else's shares. */
class NeverHeldTest {
  private static final String KO = "KO";
  private static final String REAL = "ALPACA_PAPER";
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));
  private static final Instant LONG_AGO = NOW.minus(HeldAtBroker.REACH).minus(Duration.ofDays(9));
  private static final Instant WEEKS_AGO = NOW.minus(Duration.ofDays(20));

  private static void assertThatNothingIsTaken(MigrationPlan plan, int execution, String cause) {
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.verdictOf(execution(execution)))
        .isInstanceOfSatisfying(
            Verdict.NotHeld.class, it -> assertThat(it.cause()).contains(cause));
    assertThat(plan.unexplained())
        .as("left to the sync")
        .singleElement()
        .satisfies(it -> assertThat(it.quantity()).isEqualTo(Quantity.of(100)));
  }

  @Test
  void anOrderThatTheBrokerRefusedGetsNothingOfWhatAPersonHolds() {
    assertThatNothingIsTaken(
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, HOUR_AGO)
            .heldForLong(LARGE, KO, 100)
            .plan(),
        1,
        "nothing of it was bought");
    assertThatNothingIsTaken(
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, HOUR_AGO)
            .position(7, 1, "large", KO, "100", "open")
            .heldForLong(LARGE, KO, 100)
            .plan(),
        1,
        "nothing of it was bought");
  }

  @Test
  void anOrderThatIsNamedAndNeitherFilledNorOpenGetsNothingThoughOthersWereFilled() {
    assertThatNothingIsTaken(
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, HOUR_AGO, "refused")
            .filled(LARGE, KO, "a person's", Side.BUY, 100, HOUR_AGO.plusSeconds(60))
            .heldForLong(LARGE, KO, 100)
            .plan(),
        1,
        "nothing of it was bought");
  }

  @Test
  void whatWasBoughtTenMinutesBeforeItsAnnouncementMayBeItsOwn() {
    Instant earliest = HOUR_AGO.minus(Duration.ofMinutes(10));
    for (int early : new int[] {0, 1}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(1, "large", KO, 100, REAL, HOUR_AGO)
              .filled(LARGE, KO, "unnamed", Side.BUY, 100, earliest.minusMillis(early))
              .heldForLong(LARGE, KO, 100)
              .plan();
      assertThat(plan.openings()).hasSize(1 - early);
    }
  }

  @Test
  void whatNobodyWroteDownIsNotWhatWasBoughtMoreThanADayLater() {
    Instant latest = WEEKS_AGO.plus(Evidence.LONGEST_ENTRY);
    for (int late : new int[] {0, 1}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(1, "large", KO, 100, REAL, WEEKS_AGO)
              .filled(LARGE, KO, "unnamed", Side.BUY, 100, latest.plusMillis(late))
              .heldForLong(LARGE, KO, 200)
              .plan();
      assertThat(plan.openings()).hasSize(1 - late);
    }
  }

  @Test
  void whatItsBracketSoldBeforeAnybodyWroteItDownIsOver() {
    for (String order : new String[] {"a", null}) {
      assertThatNothingIsTaken(
          new OldSystemRows()
              .execution(2, "large", KO, 100, REAL, HOUR_AGO, order)
              .filled(LARGE, KO, "a", Side.BUY, 100, HOUR_AGO.plusSeconds(1))
              .filled(LARGE, KO, "b", Side.SELL, 100, HOUR_AGO.plusSeconds(240))
              .heldForLong(LARGE, KO, 100)
              .plan(),
          2,
          "was sold since");
    }
  }

  @Test
  void ofWhatWasSoldInPartTheRestIsItsOwn() {
    for (String order : new String[] {"a", null}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(2, "large", KO, 100, REAL, HOUR_AGO, order)
              .filled(LARGE, KO, "before", Side.SELL, 70, HOUR_AGO.minusSeconds(240))
              .filled(LARGE, KO, "a", Side.BUY, 100, HOUR_AGO.plusSeconds(1))
              .filled(LARGE, KO, "b", Side.SELL, 60, HOUR_AGO.plusSeconds(240))
              .heldForLong(LARGE, KO, 100)
              .plan();
      assertThat(plan.verdictOf(execution(2)))
          .isEqualTo(new Verdict.Workflow(id(LARGE, KO, 2), Quantity.of(40)));
    }
  }

  @Test
  void aRowThatNamesNoExecutionComesBeforeExecutionsFromBeforeTheFillsThatAreTold() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, LONG_AGO)
            .execution(2, "large", KO, 100, REAL, LONG_AGO.plusSeconds(60))
            .execution(3, "large", KO, 100, REAL, WEEKS_AGO)
            .heldForLong(LARGE, KO, 100);
    assertThatNothingIsTaken(rows.plan(), 2, "announced before the 90 days");

    MigrationPlan plan = rows.position(7, 0, "large", KO, "100", "open").plan();
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.Workflow.class);
    for (int stale : new int[] {1, 2, 3}) {
      assertThat(plan.verdictOf(execution(stale))).isInstanceOf(Verdict.NotHeld.class);
    }
    assertThat(plan.openings()).hasSize(1);
  }

  @Test
  void anExecutionFromBeforeTheFillsThatAreToldIsHeldWhereARowOfItIsOpen() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, LONG_AGO)
            .position(7, 1, "large", KO, "100", "open", "null", LONG_AGO, null)
            .execution(2, "large", KO, 100, REAL, LONG_AGO.plusSeconds(60))
            .heldForLong(LARGE, KO, 100)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, KO, 1), Quantity.of(100)));
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  void anOrderThatMayRestIsLeftToTheIntakeThoughNothingWasBoughtYet() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", KO, 100, REAL, HOUR_AGO)
            .execution(2, "large", KO, 100, REAL, HOUR_AGO, "refused")
            .beingBought(LARGE, KO)
            .heldForLong(LARGE, KO, 100)
            .plan();
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.NotHeld.class);
  }
}
