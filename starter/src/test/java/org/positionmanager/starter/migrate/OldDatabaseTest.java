package org.positionmanager.starter.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.PmRun;

/** The replaced system's database on a real PostgreSQL. */
@Timeout(60)
class OldDatabaseTest {
  private static final List<String> LAYOUT =
      List.of(
          "create table dispatch_executions (execution_id uuid, ticker text, strategy_type text,"
              + " execution_mode text, simulated_ts timestamptz)",
          "create table active_positions (id serial, ticker text, strategy_type text,"
              + " quantity numeric, entry_price numeric, status text, last_checked_at timestamp)",
          "create table position_events (id serial, position_id int, event_type text,"
              + " created_at timestamptz)",
          "create table position_history (id serial, ticker text, strategy_type text,"
              + " quantity numeric, entry_price numeric, exit_price numeric,"
              + " exit_time timestamptz)",
          "create table account_metadata (account_name text)");

  private static EmbeddedPostgres postgres;
  private String url;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void freshDatabase() throws SQLException {
    String name = "old_" + UUID.randomUUID().toString().replace("-", "");
    url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    execute("create database " + name);
    url = url.replace("/postgres", "/" + name);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "postgres", "postgres");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private OldDatabase opened() {
    return OldDatabase.open(url, "postgres", "postgres");
  }

  private OldDatabase withLayout() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    return opened();
  }

  @Test
  void everyTableAndColumnThatIsMissingIsNamedWithWhatToDo() throws SQLException {
    execute(LAYOUT.get(0), LAYOUT.get(1), LAYOUT.get(2), LAYOUT.get(3));
    execute(
        "alter table active_positions drop column status",
        "alter table position_history drop column exit_price");
    assertThatThrownBy(this::opened)
        .isInstanceOfSatisfying(
            CommandException.class,
            refused -> assertThat(refused.exitCode()).isEqualTo(CommandException.REFUSED))
        .hasMessageContainingAll(
            "column public.active_positions.status is missing",
            "column public.position_history.exit_price is missing",
            "table public.account_metadata is missing or may not be read",
            "create it empty with the columns account_name");
  }

  @Test
  void nothingCanBeWrittenThroughIt() throws SQLException {
    try (OldDatabase old = withLayout()) {
      assertThatThrownBy(
              () ->
                  old.one(
                      "insert into account_metadata values ('x') returning 1",
                      row -> row.getString(1)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only transaction");
    }
  }

  @Test
  void rowsAreThoseOfTheMomentAtWhichItWasOpened() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    execute("insert into account_metadata values ('large-100k')");
    try (OldDatabase old = opened()) {
      List<String> before = new ArrayList<>();
      old.read(OldTable.ACCOUNT_METADATA, (id, content) -> before.add(id + " " + content));
      execute("insert into account_metadata values ('tiny-1k')");
      List<String> after = new ArrayList<>();
      old.read(OldTable.ACCOUNT_METADATA, (id, content) -> after.add(id + " " + content));
      assertThat(after)
          .isEqualTo(before)
          .containsExactly("large-100k {\"account_name\":\"large-100k\"}");
    }
  }

  @Test
  void itsIdentityDoesNotDependOnHowItIsReached() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (OldDatabase old = opened();
        OldDatabase same =
            OldDatabase.open(url.replace("localhost", "127.0.0.1"), "postgres", "postgres")) {
      assertThat(old.identity()).startsWith(name + "@").isEqualTo(same.identity());
    }
  }

  @Test
  void itIsTheLedgersHoweverItIsReachedAndAnotherOfTheSameServerIsNot() throws SQLException {
    String another = url;
    freshDatabase();
    try (OldDatabase old = withLayout()) {
      for (String each : List.of(url.replace("localhost", "127.0.0.1"), another)) {
        try (LedgerDatabase ledger =
            LedgerDatabase.forDesk(new LedgerDatabase.Address(each, "postgres", "postgres"), 1)) {
          assertThat(old.isThatOf(new MigratedRows(ledger))).isEqualTo(!each.equals(another));
        }
      }
    }
  }

  @Test
  void aSystemThatStandsStillShowsNoSignOfLife() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    execute(
        "insert into active_positions (last_checked_at)"
            + " values (now() at time zone 'UTC' - interval '601 seconds')",
        "insert into position_events (created_at) values (now() - interval '601 seconds')");
    try (OldDatabase old = opened()) {
      assertThat(OldSystem.signsOfLife(old)).isEmpty();
    }
  }

  @Test
  void whatWasWrittenLatelySaysThatItRuns() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    execute(
        "set time zone 'Asia/Tokyo'",
        "insert into active_positions (last_checked_at)"
            + " values (now() at time zone 'UTC' - interval '590 seconds')",
        "insert into position_events (created_at) values (now() - interval '590 seconds')");
    try (OldDatabase old = opened()) {
      assertThat(OldSystem.signsOfLife(old))
          .hasSize(2)
          .allMatch(sign -> sign.contains("stop the position managers"))
          .anyMatch(sign -> sign.startsWith("active_positions.last_checked_at is"))
          .anyMatch(sign -> sign.startsWith("position_events.created_at is"));
    }
  }

  @Test
  void aSessionThatHasWrittenAndNotEndedItsTransactionIsNamedAndAReaderIsNot() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    try (OldDatabase old = opened();
        Connection writer = connect();
        Connection reader = connect();
        Statement writes = writer.createStatement();
        Statement reads = reader.createStatement()) {
      reader.setAutoCommit(false);
      reads.executeQuery("select * from active_positions").close();
      assertThat(OldSystem.signsOfLife(old)).isEmpty();
      writer.setAutoCommit(false);
      writes.execute("set application_name = 'old manager'");
      writes.execute("update active_positions set status = 'closing'");
      assertThat(OldSystem.signsOfLife(old))
          .singleElement()
          .asString()
          .contains("old manager of postgres (pid ")
          .contains("end them");
    }
  }

  @Test
  void aReaderWhoMaySeeNoOtherSessionsSeesThatThereIsAWriter() throws SQLException {
    execute(LAYOUT.toArray(String[]::new));
    execute(
        "do $$ begin create role reader login password 'reader';"
            + " exception when duplicate_object then null; end $$",
        "grant select on all tables in schema public to reader");
    try (OldDatabase old = OldDatabase.open(url, "reader", "reader");
        Connection writer = connect();
        Statement writes = writer.createStatement()) {
      assertThat(OldSystem.signsOfLife(old)).isEmpty();
      writer.setAutoCommit(false);
      writes.execute("update active_positions set status = 'closing'");
      assertThat(OldSystem.signsOfLife(old)).singleElement().asString().contains("end them");
    }
  }

  @Test
  void aPasswordInTheAddressIsRefusedWithoutRepeatingIt() {
    for (String address :
        List.of(
            "jdbc:postgresql://reader:geheim@localhost/old",
            "jdbc:postgresql://localhost/old?user=reader&password=geheim")) {
      PmRun run = PmRun.of("migrate-from", "--url", address);
      assertThat(run.exitCode()).isEqualTo(CommandException.BAD_INPUT);
      assertThat(run.err()).contains("--password-file").doesNotContain("geheim");
    }
    assertThat(PmRun.of("migrate-from", "--url", "postgres://localhost/old").err())
        .contains("jdbc:postgresql://host:5432/database");
    assertThat(
            PmRun.of(
                    "migrate-from",
                    "--url",
                    "jdbc:postgresql://localhost/old",
                    "--password-file",
                    "/nowhere")
                .err())
        .contains("--password-file: /nowhere cannot be read");
  }
}
