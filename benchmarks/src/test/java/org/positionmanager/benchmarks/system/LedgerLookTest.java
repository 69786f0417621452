package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.database.LedgerServer;

/** What counts as watched in a measurement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerLookTest {
  private LedgerServer server;
  private Connection connection;
  private LedgerLook look;
  private String account;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = LedgerServer.start(folder);
    LedgerDatabase.Address address = server.address();
    try (LedgerDatabase ledger = LedgerDatabase.forDesk(address, 2)) {
      ledger.prepare();
    }
    connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    look = LedgerLook.at(address);
  }

  @AfterAll
  void end() throws Exception {
    look.close();
    connection.close();
    server.close();
  }

  @BeforeEach
  void position() throws SQLException {
    account = "w" + UUID.randomUUID();
    run("insert into pm.accounts (name, broker_account_number) values ('%1$s', '%1$s')");
    run(
        "insert into pm.positions (account, symbol, execution_id, phase, direction, strategy, held,"
            + " exits_settled, realised, last_event)"
            + " values ('%1$s', 'DE', gen_random_uuid(), 'PROTECTED', 'LONG', 'SWING_TRADE', 1, 0, 0, 0)");
    run(
        "insert into pm.armed_exits (account, symbol, execution_id, arming, armed, client_order_id,"
            + " content, acknowledged) select account, symbol, execution_id, 1, true, 'c', '{}', 1"
            + " from pm.positions where account = '%1$s'");
    run(
        "insert into pm.watches (account, holder, since, beat_at)"
            + " values ('%1$s', 'first', now() - interval '1 hour', now())");
  }

  @Test
  @DisplayName("a position is watched once its holder vouches for it, though it has not seen all")
  void vouched() throws SQLException {
    Instant before = look.now();

    run(
        "update pm.armed_exits set evaluated_at = now() - interval '20 minutes',"
            + " fresh_until = now() + interval '45 s' where account = '%1$s'");

    assertThat(look.watchedSince(account, before)).isOne();
  }

  @Test
  @DisplayName("a position of which nobody has said anything since is not watched")
  void notVouched() throws SQLException {
    run("update pm.armed_exits set fresh_until = now() + interval '45 s' where account = '%1$s'");

    assertThat(look.watchedSince(account, look.now())).isZero();
  }

  @Test
  @DisplayName("what the holder before said of a position does not count for the next")
  void saidByAnother() throws SQLException {
    Instant before = look.now();
    run("update pm.armed_exits set fresh_until = now() + interval '45 s' where account = '%1$s'");

    run("update pm.watches set holder = 'second', since = now() where account = '%1$s'");

    assertThat(look.watchedSince(account, before)).isZero();
  }

  @Test
  @DisplayName("the story of a position ends with its last events")
  void storyEndsWithTheLastEvents() throws SQLException {
    Holding holding = new Holding(account, "DE");
    assertThat(look.story(holding, 2)).isEqualTo("no events");
    for (int sequence = 1; sequence <= 3; sequence++) {
      run(
          "insert into pm.position_events (account, symbol, execution_id, sequence, type, at, text,"
              + " details) select account, symbol, execution_id, "
              + sequence
              + ", 'OPENED', now(), 'text "
              + sequence
              + "', '{}' from pm.positions where account = '%1$s'");
    }
    assertThat(look.story(holding, 2))
        .matches("OPENED \\S+ text 2; OPENED \\S+ text 3")
        .doesNotContain("text 1");
  }

  private void run(String statement) throws SQLException {
    try (Statement executed = connection.createStatement()) {
      executed.execute(statement.formatted(account));
    }
  }
}
