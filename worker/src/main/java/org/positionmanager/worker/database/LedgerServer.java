package org.positionmanager.worker.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;
import org.positionmanager.worker.process.FolderLock;
import org.positionmanager.worker.process.FreePort;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.worker.process.StrayProcess;

/** An embedded PostgreSQL on a folder that outlives it. */
public final class LedgerServer implements AutoCloseable {
  private static final Duration UP_WITHIN = Duration.ofSeconds(60);
  private static final Duration DOWN_WITHIN = Duration.ofSeconds(10);
  private static final long NO_PID = -1;

  /** Waits until its standard input ends, then asks the server on the folder to end. */
  private static final String GUARD =
      """
      cat > /dev/null
      [ -f "$1" ] && kill -INT "$(head -n 1 "$1")"
      exit 0
      """;

  private final Path folder;
  private final int port;
  private final FolderLock lock;
  private EmbeddedPostgres server;
  private final ManagedProcess guard;

  private LedgerServer(Path folder, int port, FolderLock lock) throws IOException {
    // On its command line a server left behind is recognised by this, wherever we are started.
    this.folder = folder.toAbsolutePath().normalize();
    this.port = port;
    this.lock = lock;
    // the guard first: of a start that is interrupted it ends with us what came up meanwhile
    guard = guard();
    server = up();
  }

  /** Ends the server with this process, even where that is killed. */
  private ManagedProcess guard() throws IOException {
    return ManagedProcess.start(
        new ManagedProcess.Command(
            "postgres-guard",
            List.of("/bin/sh", "-c", GUARD, "postgres-guard", pidFile().toString()),
            Map.of(),
            folder.resolve("guard.log"),
            true),
        line -> {});
  }

  /**
   * Starts it on any free port; a server that an earlier, killed process left on the folder is
   * stopped first.
   *
   * @throws IOException where another process has the folder, or it does not come up
   */
  public static LedgerServer start(Path folder) throws IOException {
    FolderLock lock = FolderLock.take(folder);
    try {
      return new LedgerServer(folder, FreePort.any(), lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private EmbeddedPostgres up() throws IOException {
    stopOrphan();
    Files.createDirectories(folder);
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(dataFolder())
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("synchronous_commit", "on")
            // The embedding turns it off, for tests: what was committed would not survive a power
            // cut.
            .setServerConfig("fsync", "on")
            // A socket file's lock outlives a kill, and would keep the next server from starting.
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(UP_WITHIN)
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "PostgreSQL on %s did not come up (%s); its own words are in %s"
              .formatted(folder, e.getMessage(), log()),
          e);
    }
  }

  private void stopOrphan() throws IOException {
    Optional<StrayProcess> orphan = postmaster();
    if (orphan.isPresent()) {
      orphan.get().kill(DOWN_WITHIN);
      Files.deleteIfExists(pidFile());
    } else if (isMisleading()) {
      Files.deleteIfExists(pidFile());
    }
  }

  /**
   * PostgreSQL takes any process with the recorded id for a server on its folder, and refuses to
   * start: one that nobody reaped, or another program after a restart of the machine.
   */
  private boolean isMisleading() throws IOException {
    if (!Files.exists(pidFile())) {
      return false;
    }
    long pid = recordedPid();
    return pid == NO_PID
        || ProcessHandle.of(pid)
            .filter(it -> !it.info().command().orElse("").endsWith("postgres"))
            .isPresent();
  }

  private long recordedPid() throws IOException {
    try {
      return Long.parseLong(Files.readAllLines(pidFile()).getFirst().trim());
    } catch (NumberFormatException | NoSuchElementException torn) {
      // PostgreSQL was killed while it wrote the file, or the machine went down.
      return NO_PID;
    }
  }

  private Path log() {
    return folder.resolve("postgres.log");
  }

  private Path dataFolder() {
    return folder.resolve("data");
  }

  private Path pidFile() {
    return dataFolder().resolve("postmaster.pid");
  }

  /** The server process on the folder, where one runs. */
  public Optional<StrayProcess> postmaster() throws IOException {
    return Files.exists(pidFile())
        ? StrayProcess.of(recordedPid(), "-D", dataFolder().toString())
        : Optional.empty();
  }

  /** {@code kill -9}; for chaos tests. */
  public void kill() throws IOException {
    stopOrphan();
    server.close();
  }

  /** Up again after {@link #kill}, on the same folder and port. */
  public void restart() throws IOException {
    server = up();
  }

  /** Where it listens. */
  public Address address() {
    return new Address("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    // Stopping runs a program and waits for it: an interrupt that is not for it has to wait as
    // well.
    boolean interrupted = Thread.interrupted();
    try (lock) {
      server.close();
      stopOrphan();
    } finally {
      guard.kill();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
