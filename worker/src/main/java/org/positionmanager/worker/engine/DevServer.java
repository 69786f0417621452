package org.positionmanager.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.worker.process.FolderLock;
import org.positionmanager.worker.process.FreePort;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.worker.process.StrayProcess;

/** Starts Temporal's own development server on a file, so that it remembers. */
public final class DevServer {
  /** Custom search attributes that positions are found by; all keywords. */
  public static final List<String> SEARCH_ATTRIBUTES =
      List.of("Account", "Symbol", "Strategy", "PositionState", "ExitReason", "Instrument");

  private static final String START = "start-dev";
  private static final String EAGER = "system.enableActivityEagerExecution=true";

  /**
   * What one server on one file needs for many accounts and positions. The CLI has search
   * attributes and the namespace read from the file for every poll and answer, which took half of
   * its time: they are kept for a minute as everywhere else. All writes wait for one connection: as
   * many tasks are handed out at once as it does within a moment, for one that waits for a second
   * is given up by the server, and done again, for ever. How far a queue has come is noted each ten
   * minutes and not each minute, the state of more workflows than 8,096 is kept at hand, and a
   * write that waits long for its turn is not taken for a shard that is lost. A timer fires when it
   * is due: by default the next try of an activity, however soon, comes a second later. And timers
   * that have fired are deleted each second and not each 30 s, as with SQLite each look for the
   * next ones reads past all that are still there. A second that took more than two looks does not
   * count as stuck: it was put last, again and again, until with thousands of positions timers were
   * minutes late.
   */
  static final List<String> SETTINGS =
      List.of(
          EAGER,
          "system.forceSearchAttributesCacheRefreshOnRead=false",
          "history.transferProcessorSchedulerWorkerCount=16",
          "history.timerProcessorSchedulerWorkerCount=16",
          "history.visibilityProcessorSchedulerWorkerCount=4",
          "matching.updateAckInterval=\"10m\"",
          "history.hostLevelCacheMaxSize=32000",
          "history.shardIOTimeout=\"30s\"",
          "history.timerProcessorMaxTimeShift=\"10ms\"",
          "history.timerProcessorUpdateAckInterval=\"1s\"",
          "history.queueReaderStuckCriticalAttempts=0");

  private static final String NAMESPACE = "default";
  private static final int PREFERRED_PORT = 7233;
  private static final int PREFERRED_UI_PORT = 8233;
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /** It takes further ports by itself, which another process may take at the same moment. */
  private static final int TRIES = 3;

  private static final Duration STRAY_ENDS_WITHIN = Duration.ofSeconds(10);

  private DevServer() {}

  /** Ports of a server. */
  public record Ports(int grpc, int ui) {
    /** The usual ports where they are free, others where not. */
    public static Ports free() {
      return new Ports(FreePort.preferring(PREFERRED_PORT), FreePort.preferring(PREFERRED_UI_PORT));
    }
  }

  /**
   * Starts it and waits until it is usable, search attributes included. One that a killed owner
   * left on the file is stopped first. What becomes of it then is the caller's.
   *
   * @param file where it keeps its data
   * @throws IOException where another process has the file, and with the server's last lines where
   *     it does not come up
   */
  public static Engine start(Path binary, Path file, Ports ports) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.takeFile(absolute);
    try {
      ManagedProcess process = launch(binary, absolute, ports);
      process.whenEnded(() -> free(lock));
      return engine(file, ports, process);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Likewise, and begins it again wherever it ends by itself or no longer works.
   *
   * @param tell hears when that happens
   */
  public static Engine keep(Path binary, Path file, Ports ports, Consumer<String> tell)
      throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.takeFile(absolute);
    EngineProbe probe = new EngineProbe(address(ports), NAMESPACE);
    try {
      return engine(
          file,
          ports,
          new KeptServer(
              () -> launch(binary, absolute, ports), probe::ask, tell, () -> end(probe, lock)));
    } catch (IOException | RuntimeException e) {
      end(probe, lock);
      throw e;
    }
  }

  private static void end(EngineProbe probe, FolderLock lock) {
    probe.close();
    free(lock);
  }

  private static Engine engine(Path file, Ports ports, AutoCloseable owned) {
    return Engine.at(
        address(ports),
        NAMESPACE,
        "dev server on " + file,
        Optional.of("http://127.0.0.1:" + ports.ui()),
        owned);
  }

  private static String address(Ports ports) {
    return "127.0.0.1:" + ports.grpc();
  }

  private static ManagedProcess launch(Path binary, Path file, Ports ports) throws IOException {
    for (StrayProcess stray : StrayProcess.with(START, EAGER, file.toString())) {
      stray.kill(STRAY_ENDS_WITHIN);
    }
    for (int left = TRIES - 1; ; left--) {
      ManagedProcess process =
          ManagedProcess.start(
              new ManagedProcess.Command(
                  "temporal",
                  command(binary, file, ports),
                  Map.of(),
                  file.resolveSibling("temporal.log"),
                  false),
              line -> {});
      try {
        awaitUsable(process, address(ports));
        return process;
      } catch (IOException e) {
        boolean endedByItself = !process.isAlive();
        process.kill();
        if (!endedByItself || left == 0) {
          throw e;
        }
      }
    }
  }

  private static void free(FolderLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path binary, Path file, Ports ports) {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(List.of("server", START, "--ip", "127.0.0.1", "--log-level", "error"));
    command.addAll(List.of("--port", "" + ports.grpc(), "--ui-port", "" + ports.ui()));
    command.addAll(List.of("--db-filename", file.toString()));
    command.addAll(List.of("--sqlite-pragma", "journal_mode=wal"));
    command.addAll(List.of("--sqlite-pragma", "synchronous=full"));
    for (String setting : SETTINGS) {
      command.addAll(List.of("--dynamic-config-value", setting));
    }
    for (String attribute : SEARCH_ATTRIBUTES) {
      command.addAll(List.of("--search-attribute", attribute + "=Keyword"));
    }
    return command;
  }

  private static void awaitUsable(ManagedProcess process, String address) throws IOException {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(address)
                .validateAndBuildWithDefaults());
    try {
      long deadline = System.nanoTime() + READY_WITHIN.toNanos();
      while (!isUsable(operator) || !process.isAlive()) {
        // another's server may have taken the address meanwhile
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("Temporal did not come up:\n" + process.lastLines());
        }
        Thread.sleep(Duration.ofMillis(50));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Temporal came up", e);
    } finally {
      operator.shutdownNow();
    }
  }

  private static boolean isUsable(OperatorServiceStubs operator) {
    try {
      return operator
          .blockingStub()
          .listSearchAttributes(
              ListSearchAttributesRequest.newBuilder().setNamespace(NAMESPACE).build())
          .getCustomAttributesMap()
          .keySet()
          .containsAll(SEARCH_ATTRIBUTES);
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }
}
