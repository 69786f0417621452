package org.positionmanager.worker.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.worker.process.StrayProcess;

/** The embedded PostgreSQL: what it keeps, and with whom it ends. */
@Timeout(180)
class LedgerServerTest {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration GONE_WITHIN = Duration.ofSeconds(15);

  @TempDir private Path folder;

  @Test
  void dataSurvivesAStopAndAKill() throws Exception {
    try (LedgerServer server = LedgerServer.start(folder)) {
      run(server, "create table kept (word text)");
      run(server, "insert into kept values ('before the stop')");
    }
    try (LedgerServer server = LedgerServer.start(folder)) {
      assertThat(words(server)).isEqualTo("before the stop");
      run(server, "insert into kept values ('before the kill')");
      Address before = server.address();
      server.kill();
      server.restart();
      assertThat(server.address()).isEqualTo(before);
      assertThat(words(server)).isEqualTo("before the stop, before the kill");
    }
  }

  @Test
  void whatIsCommittedIsOnTheDisk() throws Exception {
    try (LedgerServer server = LedgerServer.start(folder)) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(read(server, "show " + setting)).as(setting).isEqualTo("on");
      }
    }
  }

  @Test
  void aSecondProcessOnTheFolderIsRefused() throws Exception {
    try (LedgerServer server = LedgerServer.start(folder)) {
      assertThatThrownBy(() -> LedgerServer.start(folder)).hasMessageContaining("is in use");
      assertThatThrownBy(this::owner)
          .hasMessageContaining(folder + " is in use by another process")
          .hasMessageContaining("give another folder by --data");
      run(server, "select 1");
    }
  }

  @Test
  void theServerOfAKilledOwnerIsStoppedByItsGuard() throws Exception {
    ManagedProcess owner = owner();
    StrayProcess server = postmaster();
    kill(owner);
    awaitGone(server);
    try (LedgerServer next = LedgerServer.start(folder)) {
      run(next, "select 1");
    }
  }

  @Test
  void aServerThatEvenItsGuardLeftBehindIsStoppedByTheNextOwner() throws Exception {
    ManagedProcess owner = owner();
    StrayProcess server = postmaster();
    for (StrayProcess guard : StrayProcess.with("postgres-guard", pidFile().toString())) {
      guard.kill(GONE_WITHIN);
    }
    kill(owner);
    assertThat(postmaster().pid()).isEqualTo(server.pid());
    try (LedgerServer next = LedgerServer.start(folder)) {
      awaitGone(server);
      run(next, "select 1");
      assertThat(next.postmaster().orElseThrow().pid()).isNotEqualTo(server.pid());
    }
  }

  @Test
  void anIdThatNowBelongsToAnotherProgramDoesNotKeepItFromStarting() throws Exception {
    LedgerServer.start(folder).close();
    List<String> lines =
        List.of(
            "" + ProcessHandle.current().pid(),
            folder.resolve("data").toString(),
            "1700000000",
            "5999",
            "/tmp",
            "127.0.0.1",
            "    1 1",
            "ready");
    Files.write(pidFile(), lines);
    try (LedgerServer server = LedgerServer.start(folder)) {
      run(server, "select 1");
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void aTornIdFileDoesNotKeepItFromStarting() throws Exception {
    LedgerServer.start(folder).close();
    Files.writeString(pidFile(), "");
    try (LedgerServer server = LedgerServer.start(folder)) {
      run(server, "select 1");
    }
  }

  @Test
  void stoppingLeavesNoProcessAndAFolderThatCanBeTaken() throws Exception {
    LedgerServer server = LedgerServer.start(folder);
    StrayProcess postmaster = server.postmaster().orElseThrow();
    server.close();
    awaitGone(postmaster);
    LedgerServer.start(folder).close();
  }

  @Test
  void stoppingByAnInterruptedThreadIsAsOrderly() throws Exception {
    LedgerServer server = LedgerServer.start(folder);
    StrayProcess postmaster = server.postmaster().orElseThrow();
    Thread.currentThread().interrupt();
    server.close();
    assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    assertThat(ProcessHandle.of(postmaster.pid()).filter(StrayProcess::runs)).isEmpty();
    assertThat(folder.resolve("postgres.log")).content().contains("database system is shut down");
    LedgerServer.start(folder).close();
  }

  private ManagedProcess owner() throws IOException {
    return ManagedProcess.startUntil(
        JavaProgram.of(
            "owner",
            LedgerOwner.class.getName(),
            List.of(folder.toString()),
            Map.of(),
            folder.resolve("owner.log")),
        line -> line.startsWith("up "),
        READY_WITHIN,
        line -> {});
  }

  /** Only the owner: what it started has to notice by itself. */
  private static void kill(ManagedProcess owner) {
    ProcessHandle.of(owner.pid()).orElseThrow().destroyForcibly();
    await("the owner to be gone").atMost(GONE_WITHIN).until(() -> !owner.isAlive());
  }

  private static void awaitGone(StrayProcess process) {
    await("PostgreSQL %d to be gone".formatted(process.pid()))
        .atMost(GONE_WITHIN)
        .until(() -> ProcessHandle.of(process.pid()).filter(StrayProcess::runs).isEmpty());
  }

  private Path pidFile() {
    return folder.resolve("data").resolve("postmaster.pid");
  }

  private StrayProcess postmaster() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(pidFile()).getFirst().trim());
    return StrayProcess.of(pid, "-D", folder.resolve("data").toString()).orElseThrow();
  }

  private static void run(LedgerServer server, String sql) throws SQLException {
    try (Connection connection = open(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String words(LedgerServer server) throws SQLException {
    return read(server, "select string_agg(word, ', ' order by ctid) from kept");
  }

  private static String read(LedgerServer server, String sql) throws SQLException {
    try (Connection connection = open(server);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getString(1);
    }
  }

  private static Connection open(LedgerServer server) throws SQLException {
    Address at = server.address();
    return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
  }
}
