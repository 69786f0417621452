package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.value.Direction;

/** A schema that was changed by hand stops the start, and says everything that is wrong with it. */
class SchemaCheckTest extends LedgerOnPostgres {
  @Test
  void theDescriptionIsThatOfTheMigrations() {
    migrated();
    LedgerLogins logins = new LedgerLogins(desk);
    for (LedgerLogins.Duty duty : LedgerLogins.Duty.values()) {
      String login = login("described_" + duty.words());
      logins.grant(login, duty, duty == LedgerLogins.Duty.WORKER ? List.of(TINY) : List.of());
    }
    assertThat(SchemaCheck.described(desk.jdbi()))
        .as("what schema.txt has to say")
        .isEqualTo(SchemaCheck.expected());
    desk.verify();
  }

  @Test
  @DisplayName("incident 12: everything that differs is listed at once")
  void everythingThatDiffersIsListedAtOnce() {
    desk.migrate();
    for (String change :
        List.of(
            "alter table position_history drop column exit_price",
            "alter table exits alter column quantity type double precision",
            "alter table exits drop constraint exits_pkey",
            "alter table exits drop constraint exits_account_client_order_id_key",
            "alter table positions drop constraint positions_phase_check",
            "alter table position_events drop constraint"
                + " position_events_account_symbol_execution_id_fkey",
            "alter table alerts disable row level security",
            "alter table positions no force row level security",
            "drop policy own_account on exits",
            "create policy peek on position_history to pm_account using (true)",
            "drop index alerts_open",
            "drop trigger position_events_append_only on position_events",
            "drop trigger pm_announce_execution on dispatch_executions",
            "revoke insert on account_snapshots from pm_account",
            "grant delete on position_history to pm_account",
            "grant select on positions to public",
            "create or replace function pm.pm_may_be(account text) returns boolean language sql"
                + " stable security definer set search_path = pm, pg_temp as $$ select true $$",
            "grant update on position_events to postgres",
            "drop policy granted on alerts",
            "alter table positions add column owner text not null",
            "alter table exits add check (quantity < 100)",
            "alter table dispatch_executions drop column simulated_ts")) {
      execute(change);
    }

    assertThatThrownBy(desk::verify)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "it lacks column position_history.exit_price numeric not null",
            "column exits.quantity is double precision not null, not numeric not null",
            "it lacks key or check on exits: PRIMARY KEY (account, symbol, execution_id, exit,"
                + " attempt)",
            "it lacks key or check on exits: UNIQUE (account, client_order_id)",
            "it lacks key or check on positions: CHECK ((phase = ANY",
            "it lacks key or check on position_events: FOREIGN KEY",
            "it lacks row level security on alerts",
            "it lacks row level security forced on the owner of positions",
            "it lacks policy own_account on exits",
            "it has besides policy peek on position_history",
            "it lacks CREATE UNIQUE INDEX alerts_open",
            "it lacks CREATE TRIGGER position_events_append_only",
            "it lacks CREATE TRIGGER pm_announce_execution",
            "it has besides grant to pm_account on account_snapshots: delete, select",
            "it has besides grant to pm_account on position_history: delete",
            "it has besides column positions.owner text not null",
            "it has besides key or check on exits: CHECK ((quantity < (100)",
            "it has besides grant to public on positions: select",
            "it lacks function pm_may_be(account text) as the owner",
            "it lacks kept from the owner on position_events: delete, truncate, update",
            "it lacks policy granted on alerts",
            "it lacks column dispatch_executions.simulated_ts",
            "nothing was started");
  }

  @Test
  void additionsThatCannotRefuseAWriteAreLeftAlone() {
    desk.migrate();
    execute("alter table positions add column remark text");
    execute("alter table exits add column seen boolean not null default false");
    execute("create index mine on exits (status)");
    execute("create table pm.notes (id int primary key, text text not null)");
    execute("alter table dispatch_executions add column more text not null default ''");
    desk.verify();
  }

  @Test
  void aSchemaThatWasNeverMigratedSaysWhatToDo() {
    assertThatThrownBy(desk::verify)
        .hasMessageContaining(
            "run `pm database migrate`, or start a worker or intake of this build");
  }

  @Test
  void theChecksAcceptWhatTheCodeWritesAndNothingElse() {
    assertThat(accepted("positions", "phase")).isEqualTo(names(Phase.values()));
    assertThat(accepted("positions", "strategy")).isEqualTo(names(Strategy.values()));
    assertThat(accepted("position_history", "strategy")).isEqualTo(names(Strategy.values()));
    assertThat(accepted("positions", "direction")).isEqualTo(names(Direction.values()));
    assertThat(accepted("position_history", "direction")).isEqualTo(names(Direction.values()));
    assertThat(accepted("exits", "status")).isEqualTo(names(ExitRecord.Status.values()));
    assertThat(accepted("position_quotes", "why")).isEqualTo(names(KeptQuote.Why.values()));
    assertThat(accepted("alerts", "severity")).isEqualTo(names(Alert.Severity.values()));
    assertThat(accepted("alerts", "kind")).isEqualTo(names(AlertKind.values()));
    assertThat(accepted("migrated_rows", "kind")).isEqualTo(names(MigratedRow.Kind.values()));
    assertThat(accepted("logins", "duty")).isEqualTo(names(LedgerLogins.Duty.values()));
    assertThat(accepted("alert_deliveries", "severity")).isEqualTo(names(Alert.Severity.values()));
  }

  private static List<String> accepted(String table, String column) {
    String check =
        SchemaCheck.expected().stream()
            .filter(
                line -> line.startsWith("key or check on " + table + ": CHECK ((" + column + " ="))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("'(\\w+)'")
        .matcher(check)
        .results()
        .map((MatchResult it) -> it.group(1))
        .sorted()
        .toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).sorted().toList();
  }
}
