package org.positionmanager.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.positionmanager.worker.engine.DevServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.payload.PayloadKeys;
import org.positionmanager.worker.process.ManagedProcess;

/** A desk's Temporal server, on a file, as tests kill, lose and restart it. */
public final class DeskEngine implements AutoCloseable {
  private static final String FILE = "temporal.db";

  private final Path binary;
  private final Path folder;
  private final Map<String, String> environment;
  private final DevServer.Ports ports = DevServer.Ports.free();
  private Engine engine;

  private DeskEngine(Path binary, Path folder, Map<String, String> environment) {
    this.binary = binary;
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts it.
   *
   * @param environment may have keys that payloads are encrypted with
   */
  static DeskEngine start(Path folder, Map<String, String> environment) throws IOException {
    Path binary =
        new EngineFinder(System.getenv(), line -> System.err.println("engine: " + line)).binary();
    DeskEngine server = new DeskEngine(binary, folder, environment);
    server.restart();
    return server;
  }

  /** As it is since it was started last. */
  Engine now() {
    return engine;
  }

  String address() {
    return engine.address();
  }

  /** Its process id. */
  public long process() {
    return server().pid();
  }

  /** Where it listens on loopback. */
  public int port() {
    return ports.grpc();
  }

  /** {@code kill -9}. */
  public void kill() {
    server().kill();
  }

  /** Up again, on the same file and port. */
  public void restart() throws IOException {
    engine =
        DevServer.start(binary, folder.resolve(FILE), ports).withKeys(PayloadKeys.of(environment));
  }

  /** {@code kill -9}, then up again. */
  public void killAndRestart() throws IOException {
    kill();
    restart();
  }

  /** {@code kill -9}, and all that it kept is gone. */
  public void lose() throws IOException {
    kill();
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve(FILE + part));
    }
  }

  private ManagedProcess server() {
    return (ManagedProcess) engine.owned();
  }

  @Override
  public void close() throws Exception {
    engine.close();
  }
}
