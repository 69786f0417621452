package org.positionmanager.worker.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.positionmanager.activities.ledger.LedgerDatabase.Address;
import org.positionmanager.worker.process.FolderLock;
import org.positionmanager.worker.process.FreePort;
import org.positionmanager.worker.process.ManagedProcess;

/** An embedded PostgreSQL on a folder that outlives it. */
public final class LedgerServer implements AutoCloseable {
  private static final Duration UP_WITHIN = Duration.ofSeconds(60);
  private static final Duration DOWN_WITHIN = Duration.ofSeconds(10);

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
    this.folder = folder;
    this.port = port;
    this.lock = lock;
    server = up();
    guard = guard();
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
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("synchronous_commit", "on")
        .setPGStartupWait(UP_WITHIN)
        .start();
  }

  private void stopOrphan() throws IOException {
    Optional<ProcessHandle> orphan = postmaster();
    if (orphan.isEmpty()) {
      return;
    }
    orphan.get().destroyForcibly();
    try {
      orphan.get().onExit().get(DOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new IOException("PostgreSQL " + orphan.get().pid() + " could not be stopped", e);
    }
    Files.deleteIfExists(pidFile());
  }

  private Path pidFile() {
    return folder.resolve("data").resolve("postmaster.pid");
  }

  /** The server process that holds the folder, where one runs. */
  public Optional<ProcessHandle> postmaster() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile()).getFirst().trim());
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(it -> it.info().command().orElse("postgres").contains("postgres"));
  }

  /** {@code kill -9}, then up again on the same folder and port; for chaos tests. */
  public void killAndRestart() throws IOException {
    stopOrphan();
    server.close();
    server = up();
  }

  /** Where it listens. */
  public Address address() {
    return new Address("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
    guard.kill();
    lock.close();
  }
}
