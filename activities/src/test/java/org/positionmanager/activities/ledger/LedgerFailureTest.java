package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;

/** What a write that does not succeed tells the engine and people. */
class LedgerFailureTest extends LedgerOnPostgres {
  @Test
  void aRefusedWriteNamesTableAndConstraintAndIsTriedAgainSlowly() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState first = closed(position(LARGE));
    ledger.record(first);

    ApplicationFailure failure = refusedFor(ledger, withTheOrderOf(first, position(LARGE)));

    assertThat(failure.getType()).isEqualTo("LEDGER_REFUSED");
    assertThat(failure.getOriginalMessage())
        .contains("table exits")
        .contains("exits_account_client_order_id_key")
        .contains("correct or remove");
    assertThat(failure.isNonRetryable()).as("a workflow must outlive it").isFalse();
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aRefusedWriteRaisesAnAlertThatEndsWithTheNextWriteThatSucceeds() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState first = closed(position(LARGE));
    ledger.record(first);
    PositionState second = withTheOrderOf(first, position(LARGE));

    refusedFor(ledger, second);
    refusedFor(ledger, second);
    assertThat(value("select severity || ' ' || message from alerts where resolved_at is null"))
        .get()
        .asString()
        .startsWith("CRITICAL " + second.id())
        .contains("exits_account_client_order_id_key");

    execute("update exits set client_order_id = 'another'");
    ledger.record(second);
    assertThat(value("select count(*) from alerts where resolved_at is null")).contains("0");
    assertThat(count(desk, "alerts")).isOne();
  }

  @Test
  void aPositionOfAnAccountThatIsNotRegisteredSaysWhatIsMissing() {
    migrated();
    AccountName medium = new AccountName("medium");
    try (LedgerDatabase database = LedgerDatabase.forAccount(address, 1, medium)) {
      ApplicationFailure failure =
          refusedFor(new PostgresLedger(database, medium), closed(position(medium)));
      assertThat(failure.getType()).isEqualTo("LEDGER_REFUSED");
      assertThat(failure.getOriginalMessage())
          .contains("positions_account_fkey")
          .contains("add the row that it refers to");
    }
  }

  @Test
  void aClosedPositionWithoutAFillIsRefusedInWords() {
    migrated();
    PositionState whole = closed(position(LARGE));
    PositionState broken =
        state(
            whole.id(),
            Phase.CLOSED,
            whole.plan(),
            whole.basis(),
            List.<ClosingFill>of(),
            whole.unrecorded(),
            whole.unrecordedExits());
    ApplicationFailure failure = refusedFor(new PostgresLedger(large, LARGE), broken);
    assertThat(failure.getType()).isEqualTo("LEDGER_REFUSED");
    assertThat(failure.getOriginalMessage()).contains("no fill");
    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aLedgerThatIsGoneIsTriedAgainSoon() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    large.close();
    ApplicationFailure failure = refusedFor(ledger, closed(position(LARGE)));
    assertThat(failure.getType()).isEqualTo("LEDGER_UNAVAILABLE");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getNextRetryDelay()).isNull();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "08006, LEDGER_UNAVAILABLE",
    "25006, LEDGER_UNAVAILABLE",
    "40001, LEDGER_UNAVAILABLE",
    "40P01, LEDGER_UNAVAILABLE",
    "53300, LEDGER_UNAVAILABLE",
    "55P03, LEDGER_UNAVAILABLE",
    "57P01, LEDGER_UNAVAILABLE",
    "XX000, LEDGER_UNAVAILABLE",
    "22003, LEDGER_REFUSED",
    "23505, LEDGER_REFUSED",
    "42501, LEDGER_REFUSED",
    "P0001, LEDGER_REFUSED",
    "42703, LEDGER_SCHEMA",
  })
  void onlyWhatAPersonHasToMendIsTriedAgainSlowly(String state, String type) {
    ApplicationFailure failure =
        LedgerFailure.of(new ConnectionException(new SQLException("trouble", state)));
    assertThat(failure.getType()).isEqualTo(type);
    assertThat(failure.getOriginalMessage()).contains("trouble");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getNextRetryDelay())
        .isEqualTo(type.equals("LEDGER_UNAVAILABLE") ? null : Duration.ofMinutes(1));
  }

  private static ApplicationFailure refusedFor(PostgresLedger ledger, PositionState state) {
    return catchThrowableOfType(ApplicationFailure.class, () -> ledger.record(state));
  }

  /** A closed position whose exit goes under another position's client order id. */
  private static PositionState withTheOrderOf(PositionState other, PositionId id) {
    PositionState state = closed(id);
    ExitRecord theirs = exit(other.id(), ExitRecord.Status.FILLED);
    return state(
        id,
        Phase.CLOSED,
        state.plan(),
        state.basis(),
        state.fills(),
        state.unrecorded(),
        List.of(theirs));
  }
}
