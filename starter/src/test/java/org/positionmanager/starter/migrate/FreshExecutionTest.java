package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.execution;
import static org.positionmanager.starter.migrate.OldSystemRows.history;
import static org.positionmanager.starter.migrate.OldSystemRows.id;
import static org.positionmanager.starter.migrate.OldSystemRows.position;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What may be unfilled, or is so new that the intake is to take it in. */
class FreshExecutionTest {
  private static final Quantity TEN = Quantity.of(10);
  private static final String REAL = "ALPACA_PAPER";
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

  @Test
  void aFreshExecutionThatMayBeUnfilledTakesNothingFromAnOlderOneThatIsHeld() {
    Instant fresh = NOW.minusSeconds(60);
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", QCOM, 10, REAL, fresh)
            .execution(3, "large", QCOM, 10, REAL, fresh, "a")
            .open(LARGE, QCOM, "a", 0)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), TEN));
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(3))).isInstanceOf(Verdict.LeftToIntake.class);
  }

  @Test
  void aFreshExecutionWhoseOrderIsFilledKeepsItsShareFromAPhantom() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closing")
            .execution(2, "large", QCOM, 10, REAL, NOW.minusSeconds(60), "a")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, NOW.minusSeconds(59))
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.NotHeld.class);
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.unexplained()).isEmpty();
  }

  @Test
  void anOrderThatHasRestedForDaysIsLeftToTheIntake() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, NOW.minus(Duration.ofDays(3)), "a")
            .open(LARGE, QCOM, "a", 0)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.LeftToIntake.class);
  }

  @Test
  @DisplayName("a new execution that cannot be read is for the intake to tell of")
  void aNewExecutionThatCannotBeReadIsLeftToTheIntake() {
    Instant tenMinutesAgo = NOW.minus(Planning.FRESH);
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, -1, REAL, tenMinutesAgo.plusMillis(1))
            .execution(2, "large", QCOM, -1, REAL, tenMinutesAgo)
            .execution(3, "medium", QCOM, 1, REAL, tenMinutesAgo.plusMillis(1))
            .execution(4, "large", QCOM, 1, "SIMULATED", NOW)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.Unreadable.class);
    assertThat(plan.verdictOf(execution(3))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(4))).isInstanceOf(Verdict.Simulated.class);
  }

  @Test
  void anExecutionThatWasFilledInPartGetsNoMoreThanThat() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 6)
            .position(7, 1, "large", QCOM, "6", "open")
            .execution(2, "large", QCOM, 10, REAL, HOUR_AGO.plusSeconds(9), "a")
            .filled(LARGE, QCOM, "a", Side.BUY, 4, HOUR_AGO.plusSeconds(10))
            .held(LARGE, QCOM, 10);
    assertThat(rows.plan().verdictOf(execution(2)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 2), Quantity.of(4)));
    assertThat(rows.plan().verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), Quantity.of(6)));

    rows.open(LARGE, QCOM, "a", 4);
    assertThat(rows.plan().verdictOf(execution(2)))
        .as("while its order is open")
        .isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(rows.plan().verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), Quantity.of(6)));
  }

  @Test
  @DisplayName("what loses its share to one that is only left to the intake waits for another run")
  void whatLosesItsShareToAnUnprovenOneIsNotSettled() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .execution(2, "large", QCOM, 10, REAL, NOW.minusSeconds(60))
            .position(7, 0, "large", QCOM, "10", "open")
            .position(8, 0, "large", QCOM, "10", "open")
            .execution(3, "large", QCOM, 10, REAL, HOUR_AGO, "refused")
            .history(10, 1, QCOM, 4, "7.8")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.LeftToIntake.class);
    for (MigratedRow.Key row : List.of(execution(1), position(7), position(8), history(10))) {
      assertThat(plan.verdictOf(row)).isInstanceOf(Verdict.LeftToAnotherRun.class);
    }
    assertThat(plan.closings()).isEmpty();
    assertThat(plan.verdictOf(execution(3)))
        .as("what had no right to a share")
        .isInstanceOf(Verdict.NotHeld.class);
  }
}
