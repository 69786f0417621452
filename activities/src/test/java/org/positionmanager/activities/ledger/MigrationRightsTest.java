package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.flatten.FlattenRequest;

/** Setting the ledger up as a user who is no superuser, as on a managed PostgreSQL. */
class MigrationRightsTest extends LedgerOnPostgres {
  private static final String KEEPER = "ledger-keeper";

  @Test
  void aUserWithNoRightsIsToldEveryStatementThatIsMissingAndThenManages() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection administrator = server.getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      statement.execute("create role \"" + KEEPER + "\" login");
      List<String> missing =
          List.of(
              "grant create on database postgres to \"ledger-keeper\"",
              "grant create on schema public to \"ledger-keeper\"",
              "create role pm_account nologin",
              "grant pm_account to \"ledger-keeper\"");
      try (LedgerDatabase keeper = LedgerDatabase.forDesk(at(server.getPort(), "postgres"), 2)) {
        assertThatThrownBy(keeper::migrate)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(String.join("; ", missing) + "; nothing was changed");
        for (String grant : missing) {
          statement.execute(grant);
        }
        keeper.migrate();
        keeper.verify();
      }
    }
  }

  @Test
  void aUserWhoMayCreateRolesNeedsNoAdministrator() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection administrator = server.getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      statement.execute("create role \"" + KEEPER + "\" login createrole");
      statement.execute("create database ledger owner \"" + KEEPER + "\"");
      address = at(server.getPort(), "ledger");
      theLedgerWorksAndKeepsAccountsApart();
    }
  }

  @Test
  void aUserWhoDidNotCreateTheRoleIsToldToHaveItGranted() {
    desk.migrate();
    execute("create role \"" + KEEPER + "\" login createrole");
    execute("create database theirs owner \"" + KEEPER + "\"");
    address = at(postgres.getPort(), "theirs");
    try (LedgerDatabase keeper = LedgerDatabase.forDesk(address, 2)) {
      assertThatThrownBy(keeper::migrate)
          .hasMessageContaining(
              "let an administrator run: grant pm_account to \"ledger-keeper\"; nothing");
    }
    execute("grant pm_account to \"" + KEEPER + "\"");
    theLedgerWorksAndKeepsAccountsApart();
  }

  @Test
  void aLedgerThatASuperuserMigratesStaysItsOwners() {
    execute("create role \"first-keeper\" login createrole");
    execute("create database first owner \"first-keeper\"");
    LedgerDatabase.Address theirs = at(postgres.getPort(), "first", "first-keeper");
    if (value("select 1 from pg_roles where rolname = 'pm_account'").isPresent()) {
      execute("grant pm_account to \"first-keeper\"");
    }
    Flyway.configure()
        .dataSource(theirs.jdbcUrl(), theirs.user(), "")
        .locations("classpath:org/positionmanager/ledger/migration")
        .defaultSchema("pm")
        .createSchemas(true)
        .table("position_manager_schema")
        .target("9")
        .load()
        .migrate();
    try (LedgerDatabase superuser =
            LedgerDatabase.forDesk(at(postgres.getPort(), "first", "postgres"), 2);
        LedgerDatabase keeper = LedgerDatabase.forDesk(theirs, 2)) {
      assertThat(superuser.migrate()).contains("11");
      keeper.prepare();
      new AccountRegistry(keeper)
          .register(new AccountRegistry.Registered(LARGE, List.of(), "PA1LARGE", false));
      try (LedgerDatabase own = LedgerDatabase.forAccount(theirs, 1, LARGE)) {
        new PostgresLedger(own, LARGE).record(closed(position(LARGE)));
        assertThat(count(own, "position_history")).isOne();
        new FlattenLedger(own, LARGE)
            .keep(List.of(new FlattenRequest("r-1", "ann", "news", Optional.empty())));
      }
      assertThat(new FlattenRequests(keeper).pending(LARGE))
          .as("what an account had begun is seen by the desk of the owner")
          .hasSize(1);
    }
  }

  @Test
  void aUserWhoIsNotTheOwnerIsToldInsteadOfSeeingNothing() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    execute("create role another login");
    LedgerDatabase.Address theirs = new LedgerDatabase.Address(address.jdbcUrl(), "another", "");
    try (LedgerDatabase other = observed(LedgerDatabase.forDesk(theirs, 2))) {
      assertThatThrownBy(other::verify)
          .hasMessageContaining("opened as user another, but it is owned by postgres")
          .hasMessageContaining("let postgres run `pm database grant another");
      assertThatThrownBy(other::migrate)
          .hasMessageContaining("only its owner postgres may migrate it");
    }
  }

  @Test
  void aDispatchersTableOfAnotherOwnerNeedsTwoGrants() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection administrator = server.getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      statement.execute("create role \"" + KEEPER + "\" login createrole");
      statement.execute("grant create on database postgres to \"" + KEEPER + "\"");
      statement.execute(
          """
          create table public.dispatch_executions (
            execution_id uuid primary key, ticker text, instrument_type text, strategy_type text,
            side text, option_symbol text, contracts int, entry_price numeric, qty numeric,
            stop_loss_price numeric, take_profit_price numeric, max_hold_minutes int,
            execution_mode text, simulated_ts timestamptz default now(), account_name text)
          """);
      try (LedgerDatabase keeper = LedgerDatabase.forDesk(at(server.getPort(), "postgres"), 2)) {
        String grants =
            "grant select on public.dispatch_executions to \"ledger-keeper\"; grant trigger on"
                + " public.dispatch_executions to \"ledger-keeper\"";
        assertThatThrownBy(keeper::migrate).hasMessageContaining("run: " + grants + "; nothing");
        statement.execute(grants);
        keeper.migrate();
        keeper.verify();
      }
    }
  }

  private void theLedgerWorksAndKeepsAccountsApart() {
    desk.close();
    desk = LedgerDatabase.forDesk(address, 4);
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThat(count(large, "position_history")).isOne();
    assertThat(count(tiny, "position_history")).isZero();
    assertThat(count(desk, "position_history")).as("the desk sees all accounts").isOne();
    assertThat(new LedgerReader(desk).positions(true)).hasSize(1);
    int seenByASessionThatLostItsRole =
        tiny.jdbi()
            .inTransaction(
                handle -> {
                  handle.execute("set local role none");
                  return handle
                      .createQuery("select count(*) from positions")
                      .mapTo(Integer.class)
                      .one();
                });
    assertThat(seenByASessionThatLostItsRole).isZero();
    close();
  }

  private static LedgerDatabase.Address at(int port, String database) {
    return at(port, database, KEEPER);
  }

  private static LedgerDatabase.Address at(int port, String database, String user) {
    return new LedgerDatabase.Address(
        "jdbc:postgresql://localhost:" + port + "/" + database, user, "");
  }
}
