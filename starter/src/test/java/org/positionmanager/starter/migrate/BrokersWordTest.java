package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.starter.migrate.OldSystemRows.LARGE;
import static org.positionmanager.starter.migrate.OldSystemRows.NOW;
import static org.positionmanager.starter.migrate.OldSystemRows.QCOM;
import static org.positionmanager.starter.migrate.OldSystemRows.TINY;
import static org.positionmanager.starter.migrate.OldSystemRows.execution;
import static org.positionmanager.starter.migrate.OldSystemRows.history;
import static org.positionmanager.starter.migrate.OldSystemRows.id;
import static org.positionmanager.starter.migrate.OldSystemRows.position;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** The broker comes before the old system's records, and of these the present before the past. */
class BrokersWordTest {
  private static final Quantity TEN = Quantity.of(10);
  private static final String REAL = "ALPACA_PAPER";
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));
  private static final Instant MONTHS_AGO = NOW.minus(Duration.ofDays(60));

  @Test
  @DisplayName("incident 16: what is held is no closed position, whatever the history says")
  void whatIsHeldIsNotOver() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closing")
            .history(10, 1, QCOM, 6, "7.8")
            .history(11, 1, QCOM, 6, "7.9")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), TEN));
    assertThat(plan.closings()).as("no profit of what is held").isEmpty();
    assertThat(plan.verdictOf(history(10))).isInstanceOf(Verdict.Kept.class);
  }

  @Test
  void whatIsNotHeldAndHasItsEndInTheHistoryIsOverThoughARowIsStuck() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closing")
            .history(10, 1, QCOM, 10, "7.8")
            .plan();
    assertThat(plan.verdictOf(position(7))).isEqualTo(new Verdict.ClosedBefore(history(10)));
    assertThat(plan.closings()).hasSize(1);
  }

  @Test
  void aRowThatIsStuckThoughTheHistoryHasItsEndTakesNothingFromAnOlderOneThatIsHeld() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", QCOM, 10)
            .position(8, 2, "large", QCOM, "10", "closing")
            .history(10, 2, QCOM, 10, "7.8")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(position(8))).isEqualTo(new Verdict.ClosedBefore(history(10)));
  }

  @Test
  @DisplayName("incident 11: peak and entry of a life that ended months ago are not those of today")
  void anEarlierLifeOfRowsWithoutAnExecutionIsOver() {
    MigrationPlan plan =
        new OldSystemRows()
            .position(
                1, 0, "large", QCOM, "10", "closed", "60", MONTHS_AGO, MONTHS_AGO.plusSeconds(9))
            .position(2, 0, "large", QCOM, "10", "closing", "50", MONTHS_AGO.plusSeconds(5), null)
            .position(3, 0, "large", QCOM, "10", "open", "5.5", HOUR_AGO, null)
            .position(4, 0, "large", QCOM, "10", "open", "5.9", HOUR_AGO.plusSeconds(300), null)
            .held(LARGE, QCOM, 10)
            .plan();
    MigratedPosition.Open open = plan.openings().getFirst().position();
    assertThat(open.peak()).isEqualTo(Price.parse("5.9"));
    assertThat(open.openedAt()).isEqualTo(HOUR_AGO);
    assertThat(plan.verdictOf(position(1))).isInstanceOf(Verdict.DuplicateOf.class);
    assertThat(plan.verdictOf(position(4))).isInstanceOf(Verdict.Workflow.class);
  }

  @Test
  void rowsWithoutAnExecutionFromBeforeTheBrokerHeldItAreOfAnEarlierLife() {
    MigrationPlan plan =
        new OldSystemRows()
            .position(2, 0, "large", QCOM, "10", "closing", "50", MONTHS_AGO, null)
            .position(3, 0, "large", QCOM, "10", "open", "5.5", HOUR_AGO, null)
            .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO.minusSeconds(30))
            .held(LARGE, QCOM, 10)
            .plan();
    MigratedPosition.Open open = plan.openings().getFirst().position();
    assertThat(open.peak()).isEqualTo(Price.parse("5.5"));
    assertThat(open.openedAt()).isEqualTo(HOUR_AGO);
  }

  @Test
  void whatIsHeldAndOnlyOfRowsThatAreClosedIsLeftToTheSync() {
    MigrationPlan plan =
        new OldSystemRows()
            .position(1, 0, "large", QCOM, "10", "closed", "60", MONTHS_AGO, MONTHS_AGO)
            .execution(1, "large", "DE", 40)
            .position(2, 1, "large", "DE", "40", "closed")
            .heldForLong(LARGE, QCOM, 10)
            .held(LARGE, "DE", 40)
            .plan();
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.unexplained())
        .extracting(it -> it.quantity().toString())
        .containsExactlyInAnyOrder("10", "40");
    assertThat(plan.verdictOf(position(1)))
        .isEqualTo(new Verdict.NotHeld("said to be closed: what is held is left to the sync"));
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  @DisplayName(
      "incident 16: marked as closed without asking the broker, whose fills say it is held")
  void whatTheBrokersFillsProveIsHeldWhateverTheRecordsSay() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, HOUR_AGO, "a")
            .position(2, 1, "large", QCOM, "10", "closed")
            .history(10, 1, QCOM, 10, "7.8")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO)
            .held(LARGE, QCOM, 10);
    MigrationPlan plan = rows.plan();
    assertThat(plan.verdictOf(position(2))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.closings()).isEmpty();

    rows.filled(LARGE, QCOM, "b", Side.SELL, 10, HOUR_AGO.plusSeconds(60))
        .filled(LARGE, QCOM, "c", Side.BUY, 10, HOUR_AGO.plusSeconds(120));
    assertThat(rows.plan().openings()).as("sold, and bought again by a person").isEmpty();
    assertThat(rows.plan().closings()).hasSize(1);
    assertThat(rows.plan().unexplained()).hasSize(1);
  }

  @Test
  @DisplayName("incident 7: a phantom that was never ended does not get what was bought since")
  void aPhantomDoesNotGetWhatWasBoughtSince() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, MONTHS_AGO)
            .position(7, 1, "large", QCOM, "10", "closing", "60")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, MONTHS_AGO)
            .filled(LARGE, QCOM, "b", Side.SELL, 10, MONTHS_AGO.plusSeconds(60))
            .filled(LARGE, QCOM, "c", Side.BUY, 10, HOUR_AGO)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.verdictOf(position(7)).cause()).contains("what it holds is newer");
    assertThat(plan.unexplained()).hasSize(1);
  }

  @Test
  void anOrderThatRestedForADayIsNotTakenForAnEarlierLife() {
    Instant announced = HOUR_AGO.minus(Evidence.LONGEST_ENTRY);
    for (int early : new int[] {0, 1}) {
      MigrationPlan plan =
          new OldSystemRows()
              .execution(1, "large", QCOM, 10, REAL, announced.minusSeconds(early))
              .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO)
              .held(LARGE, QCOM, 10)
              .plan();
      assertThat(plan.openings()).hasSize(1 - early);
    }
  }

  @Test
  void anExecutionThatNobodyWroteDownComesAfterAnOlderOneThatARowSaysIsOpen() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", QCOM, 10)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  void anExecutionWhoseOrderOpenedWhatIsHeldComesFirstThoughNobodyWroteItDown() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closing")
            .execution(2, "large", QCOM, 10, REAL, HOUR_AGO.plusSeconds(9), "a")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO.plusSeconds(10))
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  @DisplayName("incident 9: what a bracket closed before anybody looked takes nothing from another")
  void whatWasClosedBeforeAnybodyLookedTakesNothing() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", QCOM, 10, REAL, HOUR_AGO.plusSeconds(9), "a")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO.plusSeconds(10))
            .filled(LARGE, QCOM, "b", Side.SELL, 10, HOUR_AGO.plusSeconds(250))
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  void whatTheBrokersFillsProveComesBeforeANewerRow() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, REAL, HOUR_AGO, "a")
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", QCOM, 10)
            .position(8, 2, "large", QCOM, "10", "closing")
            .filled(LARGE, QCOM, "a", Side.BUY, 10, HOUR_AGO)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(position(8))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  @DisplayName("incident 1: nor do rows of another account where the execution cannot be read")
  void rowsOfAnotherAccountsUnreadableExecutionClaimNothing() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, -1)
            .position(7, 1, "tiny", QCOM, "10", "open")
            .held(TINY, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isEqualTo(new Verdict.OtherAccounts(LARGE));
    assertThat(plan.openings()).isEmpty();
  }
}
