package org.positionmanager.worker.engine;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds a Temporal server: what the environment names ({@code TEMPORAL_ADDRESS} and the rest of the
 * SDK's environment configuration); else {@code temporal} on the PATH or already fetched; else
 * built with a Go toolchain into the cache.
 */
public final class EngineFinder {
  /** The newest version of the CLI that {@code go install} takes: later ones have a replace. */
  static final String VERSION = "1.5.1";

  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(15);

  private final Map<String, String> environment;
  private final Consumer<String> progress;

  /**
   * @param environment the process's environment
   * @param progress hears one line for each step that a person would wait for
   */
  public EngineFinder(Map<String, String> environment, Consumer<String> progress) {
    this.environment = Map.copyOf(environment);
    this.progress = progress;
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
    Path binary = binary();
    progress.accept("starting Temporal (" + binary + ") on " + file);
    return DevServer.start(binary, file, DevServer.Ports.free());
  }

  /** The server that the environment names; empty where it names none. */
  public Optional<Engine> configured() throws IOException {
    if (!environment.containsKey("TEMPORAL_ADDRESS")
        && !environment.containsKey("TEMPORAL_PROFILE")
        && !environment.containsKey("TEMPORAL_CONFIG_FILE")) {
      return Optional.empty();
    }
    ClientConfigProfile profile = ClientConfigProfile.load();
    String namespace = profile.getNamespace();
    return Optional.of(
        new Engine(
            profile.toWorkflowServiceStubsOptions(),
            namespace == null || namespace.isEmpty() ? "default" : namespace,
            "Temporal at " + profile.getAddress() + ", by the environment",
            Optional.empty(),
            () -> {}));
  }

  /** A plain server at an address. */
  public static Engine at(String address) {
    return Engine.at(address, "default", "Temporal at " + address, Optional.empty(), () -> {});
  }

  /** The in-memory test server: forgets everything when it stops. Only where asked for by name. */
  public Engine inMemory() {
    progress.accept("IN MEMORY: this engine is NOT durable, every position is forgotten at exit");
    TestWorkflowEnvironment server =
        TestWorkflowEnvironment.newInstance(InMemoryOptions.withSearchAttributes());
    server.start();
    return new Engine(
        server.getWorkflowServiceStubs().getOptions(),
        server.getNamespace(),
        "in memory, NOT durable",
        Optional.empty(),
        server::close);
  }

  /**
   * A {@code temporal} that can be run.
   *
   * @throws IOException saying what to install where there is none
   */
  public Path binary() throws IOException {
    Path cached = cache().resolve("temporal");
    Optional<Path> found = onPath("temporal").or(() -> runnable(cached));
    if (found.isPresent()) {
      return found.get();
    }
    Optional<Path> go = onPath("go");
    if (go.isPresent() && build(go.get(), cached)) {
      return cached;
    }
    throw new IOException(
        "no Temporal server found: set TEMPORAL_ADDRESS to a running one, or install the Temporal"
            + " CLI so that `temporal` is on the PATH, or install Go 1.24 or newer to have it built");
  }

  private boolean build(Path go, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    progress.accept("building the Temporal CLI " + VERSION + " with Go, 2 to 6 minutes, only once");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(go.toString(), "install", "-ldflags", "-s -w", MODULE))
            .redirectErrorStream(true)
            .redirectOutput(target.resolveSibling("build.log").toFile());
    builder.environment().put("GOBIN", target.getParent().toString());
    builder.environment().put("CGO_ENABLED", "0");
    Process process = builder.start();
    try {
      long started = System.nanoTime();
      while (!process.waitFor(10, TimeUnit.SECONDS)) {
        Duration so = Duration.ofNanos(System.nanoTime() - started);
        progress.accept("still building the Temporal CLI, " + so.toSeconds() + " s");
        if (so.compareTo(BUILD_WITHIN) > 0) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building the Temporal CLI", e);
    }
    if (process.exitValue() != 0) {
      progress.accept("Go could not build it, see " + target.resolveSibling("build.log"));
    }
    return runnable(target).isPresent();
  }

  private Path cache() {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path base =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .filter(it -> !it.isBlank())
            .map(Path::of)
            .orElse(Path.of(home, ".cache"));
    return base.resolve("position-manager").resolve("temporal").resolve(VERSION);
  }

  private Optional<Path> onPath(String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .flatMap(path -> runnable(path).stream())
        .findFirst();
  }

  private static Optional<Path> runnable(Path path) {
    return Optional.of(path).filter(Files::isRegularFile).filter(Files::isExecutable);
  }
}
