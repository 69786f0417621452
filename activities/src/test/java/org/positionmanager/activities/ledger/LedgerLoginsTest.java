package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.ledger.LedgerLogins.Duty;
import org.positionmanager.activities.ledger.LedgerLogins.Login;

/** Setting logins up, and what is told of what cannot be. */
class LedgerLoginsTest extends LedgerOnPostgres {
  private static final String WORKER = "a worker \"login\" :x";

  private LedgerLogins logins;

  @BeforeEach
  void accounts() {
    migrated();
    logins = new LedgerLogins(desk);
    login(WORKER);
  }

  @Test
  void loginsAreListedWithTheirDutyAndAccounts() {
    assertThat(logins.list()).isEmpty();
    logins.grant(WORKER, Duty.WORKER, List.of(TINY));
    assertThat(logins.grant(WORKER, Duty.WORKER, List.of(LARGE, TINY)))
        .isEqualTo(new Login(WORKER, Duty.WORKER, List.of(LARGE, TINY)));
    logins.grant(login("an_intake"), Duty.INTAKE, List.of());
    assertThat(logins.list())
        .containsExactly(
            new Login(WORKER, Duty.WORKER, List.of(LARGE, TINY)),
            new Login("an_intake", Duty.INTAKE, List.of()));
    desk.verify();
    assertThat(logins.revoke(WORKER, List.of(LARGE)).accounts()).containsExactly(TINY);
    assertThat(logins.revoke(WORKER)).isEmpty();
    assertThat(logins.revoke("an_intake")).isEmpty();
    assertThat(logins.list()).isEmpty();
    desk.verify();
  }

  @Test
  void aLoginThatNothingWouldHoldIsRefused() {
    execute("create role bypassing login bypassrls");
    execute("create role owning login");
    execute("grant postgres to owning");
    assertThatThrownBy(() -> logins.grant("postgres", Duty.WORKER, List.of(TINY)))
        .hasMessageContaining("login postgres is a superuser, so that it cannot be kept");
    assertThatThrownBy(() -> logins.grant("bypassing", Duty.READER, List.of()))
        .hasMessageContaining("may bypass row level security");
    assertThatThrownBy(() -> logins.grant("owning", Duty.INTAKE, List.of()))
        .hasMessageContaining("may act as the ledger's owner");
    assertThatThrownBy(() -> logins.grant("pm_account", Duty.READER, List.of()))
        .hasMessageContaining("is no login");
    assertThatThrownBy(() -> logins.grant("nobody", Duty.READER, List.of()))
        .hasMessageContaining("create role \"nobody\" login password");
    execute("drop role bypassing");
    execute("drop role owning");
  }

  @Test
  void aLoginThatMayBecomeARoleThatNothingWouldHoldIsRefused() {
    execute("create role almighty superuser");
    execute("create role unbound bypassrls");
    execute("create role between");
    execute("create role climbing login");
    execute("create role passing login");
    execute("grant almighty to between");
    execute("grant between to climbing");
    execute("grant unbound to passing");
    assertThatThrownBy(() -> logins.grant("climbing", Duty.WORKER, List.of(TINY)))
        .hasMessageContaining("login climbing may become almighty, a superuser, so that it cannot");
    assertThatThrownBy(() -> logins.grant("passing", Duty.READER, List.of()))
        .hasMessageContaining("may become unbound, which bypasses row level security");
    assertThat(logins.list()).isEmpty();

    logins.grant(WORKER, Duty.WORKER, List.of(TINY));
    try (LedgerDatabase worker = observed(LedgerDatabase.forDesk(as(WORKER), 2))) {
      worker.prepare();
      execute("grant almighty to \"%s\"".formatted(WORKER.replace("\"", "\"\"")));
      assertThatThrownBy(worker::prepare)
          .hasMessageContaining("login " + WORKER + " may become almighty, a superuser");
    } finally {
      execute("drop role climbing, passing, between, unbound, almighty");
    }
  }

  @Test
  void aLoginThatHasADutysRoleAndWasNeverSetUpIsRefusedInsteadOfSeeingNothing() {
    new PostgresLedger(tiny, TINY).record(closed(position(TINY)));
    for (Duty duty : Duty.values()) {
      String forgotten = login("forgotten_" + duty.words());
      logins.grant(forgotten, duty, duty == Duty.WORKER ? List.of(TINY) : List.of());
      try (LedgerDatabase theirs = observed(LedgerDatabase.forDesk(as(forgotten), 1))) {
        assertThat(count(theirs, "positions")).isOne();
        execute("delete from logins where login = '%s'".formatted(forgotten));
        assertThatThrownBy(() -> count(theirs, "positions"))
            .hasMessageContaining("login %s is not set up".formatted(forgotten));
      }
      execute("revoke %s from %s".formatted(duty.role(), forgotten));
    }
    assertThat(count(desk, "positions")).isOne();
  }

  @Test
  void aLoginHasOneDutyAndOnlyAWorkersHasAccounts() {
    logins.grant(WORKER, Duty.WORKER, List.of(TINY));
    assertThatThrownBy(() -> logins.grant(WORKER, Duty.READER, List.of()))
        .hasMessageContaining("is set up as worker; revoke that first");
    assertThatThrownBy(() -> logins.grant(WORKER, Duty.WORKER, List.of()))
        .hasMessageContaining("name at least one");
    assertThatThrownBy(() -> logins.grant("an_intake", Duty.INTAKE, List.of(TINY)))
        .hasMessageContaining("sees all accounts");
    assertThatThrownBy(() -> logins.revoke(WORKER, List.of(LARGE)))
        .hasMessageContaining("was not granted large");
    assertThatThrownBy(() -> logins.revoke("nobody")).hasMessageContaining("is not set up");
  }

  @Test
  void anOwnerWhoMayMakeNoRolesIsToldWhatAnAdministratorHasToRun() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection administrator = server.getPostgresDatabase().getConnection();
        Statement statement = administrator.createStatement()) {
      for (String before :
          List.of(
              "create role keeper login",
              "create role pm_account nologin",
              "grant pm_account to keeper",
              "create role taker login",
              "create table public.dispatch_executions (execution_id uuid primary key, ticker text,"
                  + " instrument_type text, strategy_type text, side text, option_symbol text,"
                  + " contracts int, entry_price numeric, qty numeric, stop_loss_price numeric,"
                  + " take_profit_price numeric, max_hold_minutes int, execution_mode text,"
                  + " simulated_ts timestamptz default now(), account_name text)",
              "grant select, trigger on public.dispatch_executions to keeper",
              "grant create on database postgres to keeper")) {
        statement.execute(before);
      }
      LedgerDatabase.Address theirs =
          new LedgerDatabase.Address(
              "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "keeper", "");
      try (LedgerDatabase keeper = observed(LedgerDatabase.forDesk(theirs, 2));
          LedgerDatabase taker =
              LedgerDatabase.forDesk(
                  new LedgerDatabase.Address(theirs.jdbcUrl(), "taker", ""), 2)) {
        keeper.migrate();
        keeper.verify();
        assertThatThrownBy(taker::prepare)
            .hasMessageContaining("let keeper run `pm database grant taker");
        List<String> missing =
            List.of(
                "create role pm_intake nologin",
                "grant pm_intake to taker",
                "grant select on public.dispatch_executions to pm_intake");
        LedgerLogins theirLogins = new LedgerLogins(keeper);
        assertThatThrownBy(() -> theirLogins.grant("taker", Duty.INTAKE, List.of()))
            .hasMessageContaining("let an administrator run: " + String.join("; ", missing));
        for (String change : missing) {
          statement.execute(change);
        }
        theirLogins.grant("taker", Duty.INTAKE, List.of());
        taker.prepare();
        keeper.prepare();
        assertThat(theirLogins.revoke("taker")).contains("revoke pm_intake from taker");
        assertThatThrownBy(taker::prepare).hasMessageContaining("was not set up");
      }
    }
  }

  @Test
  void aLoginThatMayNotMigrateSaysWhoHasTo() {
    logins.grant(WORKER, Duty.WORKER, List.of(TINY));
    try (LedgerDatabase worker = observed(LedgerDatabase.forDesk(as(WORKER), 2))) {
      worker.prepare();
      assertThatThrownBy(worker::migrate).hasMessageContaining("only its owner postgres may");
      execute("delete from position_manager_schema where version = '11'");
      assertThatThrownBy(worker::prepare)
          .hasMessageContaining("let its owner postgres run `pm database migrate`");
    }
  }

  @Test
  void whatWasChangedInAGroupRoleIsListedAndMendedByTheOwnersNextStart() {
    logins.grant(WORKER, Duty.WORKER, List.of(TINY));
    execute("grant delete on positions to pm_worker");
    execute("revoke select on alerts from pm_worker");
    assertThatThrownBy(desk::verify)
        .hasMessageContaining("it lacks grant to pm_worker on alerts: insert, select, update")
        .hasMessageContaining("it has besides grant to pm_worker on positions: delete");
    assertThat(desk.migrate()).isEmpty();
    desk.verify();
  }

  @Test
  void aWorkersLoginFindsItsAccountRegisteredAsItsConfigurationSays() {
    logins.grant(WORKER, Duty.WORKER, List.of(LARGE));
    try (LedgerDatabase worker = observed(LedgerDatabase.forDesk(as(WORKER), 2))) {
      AccountRegistry seen = new AccountRegistry(worker);
      seen.register(registered(List.of("large-100k"), "PA1LARGE", false));
      seen.register(registered(List.of(), "PA1LARGE", false));
      assertThatThrownBy(() -> seen.register(registered(List.of(), "PA7", false)))
          .hasMessageContaining("registered with broker account PA1LARGE, not PA7");
      assertThatThrownBy(() -> seen.register(registered(List.of(), "PA1LARGE", true)))
          .hasMessageContaining("is registered for paper money");
      assertThatThrownBy(() -> seen.register(registered(List.of("big"), "PA1LARGE", false)))
          .hasMessageContaining("pm accounts alias large big");
      AccountRegistry.Registered other =
          new AccountRegistry.Registered(TINY, List.of(), "PA2TINY", false);
      assertThatThrownBy(() -> seen.register(other))
          .hasMessageContaining("tiny is not registered, or this login was not granted it");
    }
  }

  private static AccountRegistry.Registered registered(
      List<String> aliases, String number, boolean live) {
    return new AccountRegistry.Registered(LARGE, aliases, number, live);
  }
}
