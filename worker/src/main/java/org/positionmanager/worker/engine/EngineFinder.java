package org.positionmanager.worker.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.positionmanager.worker.payload.PayloadKeys;

/**
 * Finds a Temporal server: what the environment names ({@code TEMPORAL_ADDRESS} and the rest of the
 * SDK's environment configuration); else our own on a file, by {@code temporal} on the PATH or
 * already fetched; else fetched by Temporal's SDK; else built with a Go toolchain into the cache.
 * Payloads are encrypted where the environment names {@linkplain PayloadKeys keys}.
 */
public final class EngineFinder {
  private static final Duration NOTHING_ARRIVES = Duration.ofSeconds(30);

  private final Map<String, String> environment;
  private final Consumer<String> progress;
  private final TemporalCli cli;

  /**
   * @param environment the process's environment
   * @param progress hears one line for each step that a person would wait for
   */
  public EngineFinder(Map<String, String> environment, Consumer<String> progress) {
    this(environment, new SdkDownload(NOTHING_ARRIVES), progress);
  }

  EngineFinder(Map<String, String> environment, CliDownload download, Consumer<String> progress) {
    this.environment = Map.copyOf(environment);
    this.progress = progress;
    this.cli = new TemporalCli(this.environment, download, progress);
  }

  /**
   * Finds a server, starting one on the file where none is named.
   *
   * @throws IOException saying what to install where nothing can be had
   */
  public Engine find(Path file) throws IOException {
    Optional<Engine> configured = configured();
    if (configured.isPresent()) {
      return configured.get();
    }
    return own(file);
  }

  /**
   * Starts a server of our own on the file, whatever the environment names, and begins it again
   * where it ends by itself or no longer works.
   *
   * @throws IOException saying what to install where nothing can be had
   */
  public Engine own(Path file) throws IOException {
    PayloadKeys keys = PayloadKeys.of(environment);
    Path binary = binary();
    progress.accept("starting Temporal (" + binary + ") on " + file);
    return DevServer.keep(binary, file, DevServer.Ports.free(), progress).withKeys(keys);
  }

  /**
   * The server that the environment names; empty where it names none.
   *
   * @throws IOException naming the variable and the fix in one line where it cannot be used
   */
  public Optional<Engine> configured() throws IOException {
    PayloadKeys keys = PayloadKeys.of(environment);
    return ConfiguredEngine.by(environment).map(engine -> engine.withKeys(keys));
  }

  /**
   * A server that runs already, at a plain address.
   *
   * @throws IOException where the keys that the environment names cannot be used
   */
  public Engine running(String address) throws IOException {
    return at(address).withKeys(PayloadKeys.of(environment));
  }

  /** A plain server at an address, that is given payloads as they are. */
  public static Engine at(String address) {
    return Engine.at(address, "default", "Temporal at " + address, Optional.empty(), () -> {});
  }

  /**
   * The in-memory test server: forgets everything when it stops. Only where asked for by name.
   *
   * @throws IOException where it cannot listen on loopback
   */
  public Engine inMemory() throws IOException {
    PayloadKeys keys = PayloadKeys.of(environment);
    progress.accept("IN MEMORY: this engine is NOT durable, every position is forgotten at exit");
    return InMemoryServer.start().withKeys(keys);
  }

  /**
   * A {@code temporal} that can be run.
   *
   * @throws IOException saying what to install where there is none
   */
  public Path binary() throws IOException {
    return cli.find();
  }
}
