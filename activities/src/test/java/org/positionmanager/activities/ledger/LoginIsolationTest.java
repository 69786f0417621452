package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.ledger.LedgerLogins.Duty;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.value.Money;

/** What each login sees and may do, whatever it asks, sets or forgets. */
class LoginIsolationTest extends LedgerOnPostgres {
  private static final String WORKER = "tinys_worker";
  private static final String INTAKE = "an_intake";
  private static final String READER = "a_reader";

  /** Every table of ours and the column that says whose a row is. */
  private final Map<String, String> guarded = new TreeMap<>();

  private PositionId closedOfLarge;

  @BeforeEach
  void twoAccountsWithRowsAndThreeLogins() {
    migrated();
    closedOfLarge = position(LARGE);
    for (LedgerDatabase own : List.of(large, tiny)) {
      boolean isLarge = own == large;
      PositionId id = isLarge ? closedOfLarge : position(TINY);
      new PostgresLedger(own, isLarge ? LARGE : TINY).record(closed(id));
      new PostgresAlerts(own)
          .raise(NewAlert.of(AlertKind.DAILY_LOSS, id.account(), "it lost a lot"));
    }
    LedgerLogins logins = new LedgerLogins(desk);
    logins.grant(login(WORKER), Duty.WORKER, List.of(TINY));
    logins.grant(login(INTAKE), Duty.INTAKE, List.of());
    logins.grant(login(READER), Duty.READER, List.of());
    desk.jdbi()
        .useTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select relname, attname from pg_class c
                        join pg_attribute on attrelid = c.oid
                        where relnamespace = 'pm'::regnamespace and relkind = 'r'
                          and relname not in ('position_manager_schema', 'account_grants')
                          and (attname = 'account' or (relname, attname) = ('accounts', 'name'))
                        """)
                    .map((row, at) -> guarded.put(row.getString(1), row.getString(2)))
                    .list());
    assertThat(guarded).hasSizeGreaterThan(15);
  }

  @Test
  @DisplayName("a worker's login granted tiny sees nothing of large, whatever its session sets")
  void aWorkersLoginSeesNothingOfAnotherAccount() throws Exception {
    try (Connection connection = connect(WORKER);
        Statement statement = connection.createStatement()) {
      for (String set :
          List.of(
              "reset pm.account",
              "set pm.account = ''",
              "set pm.account = 'large'",
              "set pm.account = '%'",
              "set row_security = on",
              "set search_path = public, pm")) {
        statement.execute(set);
        for (Map.Entry<String, String> table : guarded.entrySet()) {
          assertThat(accountsIn(statement, table.getKey(), table.getValue()))
              .as(set + ", " + table.getKey())
              .isSubsetOf("tiny");
        }
      }
      statement.execute("reset pm.account");
      assertThat(accountsIn(statement, "positions", "account")).containsExactly("tiny");
      assertThat(accountsIn(statement, "accounts", "name")).containsExactly("tiny");
    }
  }

  @Test
  void aWorkersLoginCanBecomeNobodyElse() throws Exception {
    try (Connection connection = connect(WORKER);
        Statement statement = connection.createStatement()) {
      for (String attempt :
          List.of(
              "set role pm_account",
              "set role postgres",
              "set session authorization postgres",
              "set row_security = off; select * from pm.positions",
              "alter table pm.positions disable row level security",
              "create policy mine on pm.positions using (true)",
              "insert into pm.account_grants values ('tinys_worker', 'large')",
              "select * from pm.account_grants",
              "select pm.pm_keep_apart('pm.positions', 'account')",
              "create or replace function pm.pm_granted_accounts() returns text[] language sql"
                  + " as $$ select '{large}'::text[] $$",
              "insert into pm.accounts values ('huge', 'PA9')",
              "update pm.position_events set text = ''",
              "delete from pm.position_events",
              "update pm.position_history set realised = 0",
              "delete from pm.positions",
              "select * from public.dispatch_executions")) {
        assertThatThrownBy(() -> statement.execute(attempt))
            .as(attempt)
            .isInstanceOf(SQLException.class);
      }
      statement.execute("set pm.account = 'large'");
      assertThat(statement.executeUpdate("update pm.positions set realised = 0")).isZero();
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "insert into pm.account_halts (account, number, type, who, reason)"
                          + " values ('large', 1, 'RESUMED', 'me', 'I say so')"))
          .hasMessageContaining("row-level security");
    }
  }

  @Test
  void theLedgerOfAnAccountThatTheLoginWasNotGrantedIsRefusedAndNotEmpty() {
    try (LedgerDatabase own = observed(LedgerDatabase.forAccount(as(WORKER), 2, TINY));
        LedgerDatabase other = observed(LedgerDatabase.forAccount(as(WORKER), 2, LARGE));
        LedgerDatabase worker = observed(LedgerDatabase.forDesk(as(WORKER), 1))) {
      new PostgresLedger(own, TINY).record(closed(position(TINY)));
      assertThat(count(own, "position_history")).isEqualTo(2);
      PostgresLedger notGranted = new PostgresLedger(other, LARGE);
      refused(() -> notGranted.recall(closedOfLarge));
      refused(() -> notGranted.record(closed(position(LARGE))));
      refused(() -> count(other, "position_history"));
      refused(() -> new AccountRecordsReader(worker).newest(LARGE));
      assertThat(new AccountRecordsReader(worker).newest(TINY)).isEmpty();
    }
  }

  @Test
  void whatIsRevokedIsRefusedFromTheNextTransactionOnAndNoWatchTakesItForNothing()
      throws Exception {
    LedgerLogins logins = new LedgerLogins(desk);
    try (LedgerDatabase own = observed(LedgerDatabase.forAccount(as(WORKER), 1, TINY))) {
      WatchLedger watch = new WatchLedger(own, TINY);
      assertThat(count(own, "positions")).isOne();
      assertThat(watch.all()).isEmpty();
      logins.revoke(WORKER, List.of(TINY));
      refused(() -> count(own, "positions"));
      assertThatThrownBy(watch::all)
          .isInstanceOf(PermissionsUnreadable.class)
          .hasMessageContaining("login tinys_worker was not granted account tiny");
      logins.grant(WORKER, Duty.WORKER, List.of(TINY));
      assertThat(count(own, "positions")).isOne();
      assertThat(logins.revoke(WORKER)).isEmpty();
      assertThatThrownBy(() -> count(own, "positions")).isInstanceOf(JdbiException.class);
    }
  }

  @Test
  void anAccountsConnectionIsNobodysOutsideATransaction() {
    assertThat(count(large, "positions")).isOne();
    int seen =
        large
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select count(*) from positions")
                        .mapTo(Integer.class)
                        .one());
    assertThat(seen).isZero();
  }

  @Test
  void whoCannotBecomeItsAccountIsToldWhyAndTheConnectionIsAsGoodAsNew() {
    execute("alter role pm_account rename to pm_gone");
    assertThatThrownBy(() -> count(large, "positions"))
        .hasMessageContaining("role \"pm_account\" does not exist");
    execute("alter role pm_gone rename to pm_account");
    assertThat(count(large, "positions")).isOne();
  }

  @Test
  void anIntakesLoginSeesAllAccountsAndChangesNoPosition() throws Exception {
    try (LedgerDatabase intake = observed(LedgerDatabase.forDesk(as(INTAKE), 2))) {
      intake.prepare();
      assertThat(new AccountRegistry(intake).find("large-100k")).isPresent();
      assertThat(count(intake, "positions")).isEqualTo(2);
      for (String attempt :
          List.of(
              "update positions set phase = 'CLOSED'",
              "insert into position_events select * from position_events",
              "update exits set quantity = 0",
              "select * from armed_exits",
              "update account_limits set gate = false",
              "update armed_exits set armed = false",
              "update accounts set active = false",
              "delete from intake_marks",
              "update account_halts set type = 'RESUMED'")) {
        assertThatThrownBy(() -> intake.jdbi().useTransaction(it -> it.execute(attempt)))
            .as(attempt)
            .isInstanceOf(JdbiException.class)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void anIntakesLoginMayReadWhatAGateGoesBy() {
    limits.tell(
        LARGE,
        new AccountLimits(
                Optional.of(100),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Money.parse("1000000")))
            .asGate());
    execute("insert into exchange_days (account, began_at) values ('large', '2026-02-11 05:00Z')");
    insert(
        UUID.randomUUID(),
        "'WMT', 'STOCK', 'swing_trade', null, null, 5, 120, 140, 'ALPACA_PAPER', 'large'");
    try (LedgerDatabase intake = LedgerDatabase.forDesk(as(INTAKE), 2)) {
      ExecutionInbox own = new ExecutionInbox(intake, new AccountRegistry(intake));
      assertThat(own.unread(10))
          .singleElement()
          .satisfies(row -> assertThat(own.waits((InboxRow.Execution) row)).isEmpty());
    }
  }

  @Test
  void aReadersLoginSeesEverythingAndChangesNothing() throws Exception {
    try (LedgerDatabase reader = observed(LedgerDatabase.forDesk(as(READER), 2))) {
      reader.prepare();
      assertThat(new DeskReader(reader).accounts()).hasSize(2);
      assertThat(new LedgerReader(reader).positions(true)).hasSize(2);
      assertThat(new AccountRecordsReader(reader).newest(TINY)).isEmpty();
    }
    try (Connection connection = connect(READER);
        Statement statement = connection.createStatement()) {
      for (String table : guarded.keySet()) {
        for (String attempt :
            List.of(
                "insert into pm.%s default values",
                "update pm.%s set %s = null", "delete from pm.%s", "truncate pm.%s")) {
          String change = attempt.formatted(table, guarded.get(table));
          assertThatThrownBy(() -> statement.execute(change))
              .as(change)
              .hasMessageContaining("permission denied");
        }
      }
    }
  }

  @Test
  void alertsOfTheWholeDeskAreTheIntakesAndNoWorkers() {
    new PostgresAlerts(desk)
        .raise(
            new NewAlert(
                AlertKind.FAILED_ROWS,
                AlertKind.FAILED_ROWS.severity(),
                Optional.empty(),
                Optional.empty(),
                "intake/1",
                "a row failed"));
    try (LedgerDatabase worker = observed(LedgerDatabase.forDesk(as(WORKER), 1));
        LedgerDatabase intake = observed(LedgerDatabase.forDesk(as(INTAKE), 1))) {
      assertThat(new PostgresAlerts(worker).open())
          .allMatch(alert -> alert.account().equals(Optional.of(TINY)))
          .hasSize(1);
      assertThat(new PostgresAlerts(intake).open()).hasSize(3);
      assertThat(new PostgresAlertInputs(worker, Optional.empty()).liveness()).hasSize(1);
    }
  }

  /** With the state of a missing privilege, which nothing takes for an answer. */
  private static void refused(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .hasMessageContaining("login tinys_worker was not granted account")
        .rootCause()
        .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
        .extracting(SQLException::getSQLState)
        .isEqualTo("42501");
  }

  private Connection connect(String login) throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), login, "");
  }

  /** Null where a row belongs to the whole desk; empty also where the login may not even ask. */
  private static List<String> accountsIn(Statement statement, String table, String key)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("select distinct %s from pm.%s".formatted(key, table))) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
