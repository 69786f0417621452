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
import static org.positionmanager.starter.migrate.OldSystemRows.uuid;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Each verdict, and where it ends. */
class PlanningTest {
  private static final Quantity TEN = Quantity.of(10);

  @Test
  @DisplayName("what the broker holds becomes a workflow, with its peak, entry time and terms")
  void whatIsHeldBecomesAWorkflow() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large-100k", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open", "7.4")
            .held(LARGE, QCOM, 10)
            .plan();

    assertThat(plan.verdictOf(execution(1)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), TEN));
    assertThat(plan.verdictOf(position(7))).isEqualTo(plan.verdictOf(execution(1)));
    assertThat(plan.unexplained()).isEmpty();
    MigratedPosition.Open open = plan.openings().getFirst().position();
    assertThat(open.entry()).as("the broker's own").isEqualTo(Price.parse("5.25"));
    assertThat(open.peak()).isEqualTo(Price.parse("7.4"));
    assertThat(open.openedAt()).isEqualTo(Instant.parse("2026-02-11T14:00:01Z"));
    EntryTerms terms = open.terms();
    assertThat(terms.adoptHolding()).isTrue();
    assertThat(terms.quantity()).isEqualTo(TEN);
    assertThat(terms.maxHold()).contains(Duration.ofHours(6));
    assertThat(terms.stop()).as("levels of an option are its underlying's").isEmpty();
    assertThat(terms.underlyingStop()).contains(UnderlyingPrice.parse("140"));
  }

  @Test
  void anExecutionThatWasNeverWrittenDownIsFoundByItsHolding() {
    MigrationPlan plan =
        new OldSystemRows().execution(1, "large", "DE", 40).held(LARGE, "DE", 40).plan();
    assertThat(plan.verdictOf(execution(1)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, "DE", 1), Quantity.of(40)));
    assertThat(plan.openings().getFirst().position().peak()).isEqualTo(Price.parse("5.25"));
  }

  @Test
  @DisplayName("incident 7: what the broker does not hold is archived, not watched")
  void whatIsNotHeldIsAPhantom() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.NotHeld.class);
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.NotHeld.class);
    assertThat(plan.openings()).isEmpty();
  }

  @Test
  @DisplayName("incident 16: rows stuck in closing are repetitions of the one that stands for them")
  void stuckRowsAreRepetitions() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closing", "6")
            .position(8, 1, "large", QCOM, "10", "closing")
            .position(9, 1, "large", QCOM, "10", "open", "5.3")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(9))).isInstanceOf(Verdict.Workflow.class);
    for (int stuck : List.of(7, 8)) {
      assertThat(plan.verdictOf(position(stuck)))
          .isEqualTo(
              new Verdict.DuplicateOf(
                  position(9), "written again for the same execution, stuck in closing"));
    }
    assertThat(plan.openings()).hasSize(1);
    assertThat(plan.openings().getFirst().position().peak())
        .as("the best that any of them saw")
        .isEqualTo(Price.parse("6"));
  }

  @Test
  @DisplayName("incident 1: rows that one account wrote for another's executions claim nothing")
  void rowsOfOtherAccountsClaimNothing() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "tiny", QCOM, "10", "closing")
            .held(TINY, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isEqualTo(new Verdict.OtherAccounts(LARGE));
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.unexplained())
        .singleElement()
        .isEqualTo(
            new MigrationPlan.Unexplained(
                TINY,
                Instrument.parse(QCOM),
                org.positionmanager.workflows.value.Direction.LONG,
                TEN,
                Price.parse("5.25")));
  }

  @Test
  @DisplayName("incident 8: an account's old names lead to one account")
  void oldNamesLeadToOneAccount() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large-100k", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.openings()).hasSize(1);
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.Workflow.class);
  }

  @Test
  void aSharedHoldingGoesToTheNewestExecutionFirstAndNeverBeyondWhatIsHeld() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .execution(2, "large", QCOM, 10)
            .execution(3, "large", QCOM, 10);
    MigrationPlan plan = rows.held(LARGE, QCOM, 15).plan();
    assertThat(plan.verdictOf(execution(3)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 3), TEN));
    assertThat(plan.verdictOf(execution(2)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 2), Quantity.of(5)));
    assertThat(plan.verdictOf(execution(1)))
        .isEqualTo(new Verdict.NotHeld("newer executions explain all that the broker holds"));
    assertThat(plan.openings().getFirst().position().entry())
        .as("of a part, what was written down")
        .isEqualTo(Price.parse("5.2"));
  }

  @Test
  void moreThanAnyRowSaysIsListedAndLeftToTheSync() {
    MigrationPlan plan =
        new OldSystemRows().execution(1, "large", QCOM, 10).held(LARGE, QCOM, 11).plan();
    assertThat(plan.openings().getFirst().position().quantity()).isEqualTo(TEN);
    assertThat(plan.unexplained())
        .singleElement()
        .satisfies(it -> assertThat(it.quantity()).isEqualTo(Quantity.of(1)));
  }

  @Test
  void aRowWithoutAnExecutionGetsAnIdThatIsAlwaysTheSame() {
    OldSystemRows rows =
        new OldSystemRows()
            .position(7, 0, "large", QCOM, "10", "open")
            .position(8, 0, "large", QCOM, "10", "open")
            .held(LARGE, QCOM, 10);
    MigrationPlan plan = rows.plan();
    PositionId id = plan.openings().getFirst().position().id();
    assertThat(rows.plan().openings().getFirst().position().id()).isEqualTo(id);
    assertThat(id.execution().version()).as("made of a name").isEqualTo(3);
    assertThat(plan.verdictOf(position(8))).isInstanceOf(Verdict.Workflow.class);
    assertThat(plan.verdictOf(position(7))).isInstanceOf(Verdict.DuplicateOf.class);
  }

  @Test
  void aRowWithoutAnExecutionIsARepetitionWhereAnExecutionExplainsTheHolding() {
    MigrationPlan plan =
        new OldSystemRows()
            .position(7, 0, "large", QCOM, "10", "open")
            .execution(1, "large", QCOM, 10)
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(
            new Verdict.DuplicateOf(execution(1), "written beside the row of its execution"));
  }

  @Test
  void simulatedExecutionsAndTheirRowsAreKeptOnly() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, "SIMULATED", NOW)
            .position(7, 1, "large", QCOM, "10", "open")
            .history(9, 1, QCOM, 10, "7.8")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isEqualTo(new Verdict.Simulated("SIMULATED"));
    assertThat(plan.verdictOf(position(7))).isEqualTo(new Verdict.Simulated("SIMULATED"));
    assertThat(plan.verdictOf(history(9))).isEqualTo(new Verdict.Simulated("SIMULATED"));
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.closings()).isEmpty();
  }

  @Test
  void theFirstEndOfTheHistoryIsTheRealOneAndItsProfitIsCountedAnew() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "closed")
            .history(11, 1, QCOM, 10, "7.9")
            .history(10, 1, QCOM, 10, "7.8")
            .plan();
    assertThat(plan.verdictOf(execution(1))).isEqualTo(new Verdict.ClosedBefore(history(10)));
    assertThat(plan.verdictOf(history(10))).isEqualTo(new Verdict.Closed(id(LARGE, QCOM, 1)));
    assertThat(plan.verdictOf(history(11)))
        .isEqualTo(new Verdict.DuplicateOf(history(10), "closed again after it was closed"));
    MigratedPosition.Closed closed = plan.closings().getFirst();
    assertThat(closed.reason()).isEqualTo(ExitReason.TARGET);
    assertThat(closed.state().realised().amount()).isEqualByComparingTo(new BigDecimal("2600"));
  }

  @Test
  void anEndOfAPartLeavesTheRestToItsHolding() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "4", "open")
            .history(10, 1, QCOM, 6, "7.8")
            .held(LARGE, QCOM, 4)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(new Verdict.Workflow(id(LARGE, QCOM, 1), Quantity.of(4)));
    assertThat(plan.verdictOf(history(10))).isInstanceOf(Verdict.Kept.class);
    assertThat(plan.closings()).isEmpty();
  }

  @Test
  void historyOfNoExecutionIsKeptOnly() {
    MigrationPlan plan = new OldSystemRows().history(10, 0, QCOM, 6, "7.8").plan();
    assertThat(plan.verdictOf(history(10))).isInstanceOf(Verdict.Kept.class);
  }

  @Test
  void aBadRowIsNamedWithFieldAndFixAndHarmsNoOther() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "\"NaN\"", "open")
            .position(8, 1, "large", QCOM, "10", "lost")
            .position(9, 1, "large", "DE", "10", "open")
            .history(10, 1, QCOM, 10, "-1")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7)))
        .isEqualTo(
            new Verdict.Unreadable(
                "quantity", "quantity is 'NaN'", "give a number above zero, or none"));
    assertThat(plan.verdictOf(position(8)))
        .isInstanceOfSatisfying(
            Verdict.Unreadable.class, it -> assertThat(it.field()).isEqualTo("status"));
    assertThat(plan.verdictOf(position(9)))
        .isInstanceOfSatisfying(
            Verdict.Unreadable.class,
            it -> assertThat(it.problem()).contains("LONG QCOM260220P00145000", "LONG DE"));
    assertThat(plan.verdictOf(history(10)))
        .isInstanceOfSatisfying(
            Verdict.Unreadable.class, it -> assertThat(it.field()).isEqualTo("exit_price"));
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.Workflow.class);
  }

  @Test
  void anAccountThatNobodyKnowsIsNamed() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "medium", QCOM, 10)
            .execution(2, null, QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .history(10, 1, QCOM, 10, "7.8")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isEqualTo(new Verdict.AccountUnknown("medium"));
    assertThat(plan.verdictOf(history(10)))
        .as("so that it is looked at again once the account is known")
        .isEqualTo(new Verdict.AccountUnknown("medium"));
    assertThat(plan.verdictOf(position(7)))
        .as("whose execution is nobody's")
        .isEqualTo(new Verdict.AccountUnknown("medium"));
    assertThat(plan.verdictOf(execution(2)).cause()).contains("--account-of-unnamed");
  }

  @Test
  void rowsWithoutANameAreOfTheAccountThatIsGiven() {
    MigrationPlan plan =
        new OldSystemRows(Optional.of("tiny-1k"))
            .execution(1, null, QCOM, 10)
            .position(7, 1, null, QCOM, "10", "open")
            .held(TINY, QCOM, 10)
            .plan();
    assertThat(plan.verdictOf(position(7))).isEqualTo(new Verdict.Workflow(id(TINY, QCOM, 1), TEN));
  }

  @Test
  void anAccountThatCannotBeReadHoldsNothingBack() {
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .history(10, 1, QCOM, 10, "7.8")
            .execution(2, "tiny", QCOM, 1)
            .held(TINY, QCOM, 1)
            .unread(LARGE, "no answer")
            .plan();
    for (MigratedRow.Key row : List.of(execution(1), position(7), history(10))) {
      assertThat(plan.verdictOf(row)).isEqualTo(new Verdict.Unverified(LARGE, "no answer"));
    }
    assertThat(plan.openings())
        .singleElement()
        .satisfies(it -> assertThat(it.position().id()).isEqualTo(id(TINY, QCOM, 2)));
  }

  @Test
  void whatTheLedgerLooksAfterIsNotTakenTwice() {
    PositionId adopted = new PositionId(LARGE, Instrument.parse(QCOM), uuid(99));
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .execution(2, "large", "DE", 4)
            .held(LARGE, QCOM, 10)
            .held(LARGE, "DE", 4)
            .inLedger(adopted, Phase.PROTECTED, 10)
            .inLedger(id(LARGE, "DE", 2), Phase.AWAITING_ENTRY, 0)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isEqualTo(new Verdict.LookedAfter(adopted, true));
    assertThat(plan.verdictOf(execution(2)))
        .isEqualTo(new Verdict.LookedAfter(id(LARGE, "DE", 2), false));
    assertThat(plan.openings()).isEmpty();
  }

  @Test
  void aFreshExecutionIsLeftToTheIntakeWithItsShareOfTheHolding() {
    Instant tenMinutesAgo = NOW.minus(Planning.FRESH);
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10, "ALPACA_PAPER", tenMinutesAgo.plusMillis(1))
            .execution(2, "large", QCOM, 10)
            .held(LARGE, QCOM, 10)
            .execution(3, "large", "DE", 1, "ALPACA_PAPER", tenMinutesAgo)
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.LeftToAnotherRun.class);
    assertThat(plan.verdictOf(execution(3))).isInstanceOf(Verdict.NotHeld.class);
    assertThat(plan.openings()).isEmpty();
    assertThat(plan.unexplained()).isEmpty();
  }

  @Test
  void anExecutionOfTodayWhoseOrderIsOpenIsLeftToTheIntake() {
    Instant dayAgo = NOW.minus(Duration.ofDays(1));
    MigrationPlan plan =
        new OldSystemRows()
            .execution(1, "large", "DE", 1, "ALPACA_PAPER", dayAgo.plusMillis(1))
            .execution(2, "large", "DE", 1, "ALPACA_PAPER", dayAgo)
            .beingBought(LARGE, "DE")
            .plan();
    assertThat(plan.verdictOf(execution(1))).isInstanceOf(Verdict.LeftToIntake.class);
    assertThat(plan.verdictOf(execution(2))).isInstanceOf(Verdict.NotHeld.class);
  }

  @Test
  void aSecondPlanAfterTheFirstChangesNothing() {
    OldSystemRows rows =
        new OldSystemRows()
            .execution(1, "large", QCOM, 10)
            .position(7, 1, "large", QCOM, "10", "open")
            .execution(2, "large", "DE", 4)
            .history(10, 2, "DE", 4, "7.8")
            .held(LARGE, QCOM, 10);
    MigrationPlan second = rows.after(rows.plan()).plan();
    assertThat(second.openings()).isEmpty();
    assertThat(second.closings()).isEmpty();
    assertThat(second.verdicts().values())
        .allMatch(it -> it.verdict() instanceof Verdict.MigratedBefore);
  }

  @Test
  void aRowThatCameAfterItsExecutionWasDoneWithIsKeptOnly() {
    OldSystemRows rows = new OldSystemRows().execution(1, "large", QCOM, 10);
    rows.after(rows.plan());
    MigrationPlan second =
        rows.position(7, 1, "large", QCOM, "10", "open")
            .history(10, 1, QCOM, 10, "7.8")
            .held(LARGE, QCOM, 10)
            .plan();
    assertThat(second.verdictOf(execution(1))).isInstanceOf(Verdict.MigratedBefore.class);
    assertThat(second.verdictOf(position(7))).isInstanceOf(Verdict.Kept.class);
    assertThat(second.verdictOf(history(10))).isInstanceOf(Verdict.Kept.class);
    assertThat(second.openings()).isEmpty();
    assertThat(second.closings()).isEmpty();
  }
}
