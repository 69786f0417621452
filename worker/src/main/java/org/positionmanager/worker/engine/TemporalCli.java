package org.positionmanager.worker.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A {@code temporal} that can be run: on the PATH, already in the cache, fetched by Temporal's SDK,
 * or built with a Go toolchain.
 */
final class TemporalCli {
  /** The newest version of the CLI that {@code go install} takes: later ones have a replace. */
  static final String VERSION = "1.5.1";

  private static final String PROGRAM = "temporal";
  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(15);
  private static final int CACHE_DEPTH = 4;

  private final Map<String, String> environment;
  private final CliDownload download;
  private final Consumer<String> progress;

  TemporalCli(Map<String, String> environment, CliDownload download, Consumer<String> progress) {
    this.environment = environment;
    this.download = download;
    this.progress = progress;
  }

  /**
   * Finds or gets it.
   *
   * @throws IOException saying what to install where there is none
   */
  Path find() throws IOException {
    Path built = cache().resolve(VERSION).resolve(PROGRAM);
    Path fetched = cache().resolve("fetched");
    Optional<Path> there = onPath(PROGRAM).or(() -> runnable(built)).or(() -> below(fetched));
    if (there.isPresent()) {
      return there.get();
    }
    Optional<Path> downloaded = fetch(fetched);
    if (downloaded.isPresent()) {
      return downloaded.get();
    }
    Optional<Path> go = onPath("go");
    if (go.isPresent() && build(go.get(), built)) {
      return built;
    }
    throw new IOException(
        "no Temporal server found: set TEMPORAL_ADDRESS to a running one, or install the Temporal"
            + " CLI so that `temporal` is on the PATH, or install Go 1.24 or newer to have it built");
  }

  private Optional<Path> fetch(Path folder) {
    progress.accept("fetching the Temporal CLI with Temporal's SDK, up to some minutes, only once");
    try {
      download.into(folder);
      return below(folder);
    } catch (IOException e) {
      progress.accept("the Temporal CLI cannot be fetched: " + e.getMessage());
      return Optional.empty();
    }
  }

  private boolean build(Path go, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    progress.accept("building the Temporal CLI " + VERSION + " with Go, 2 to 6 minutes, only once");
    // Go may copy its result into place: what a killed build leaves must not pass for a program.
    Path building = Files.createTempDirectory(target.getParent(), "building-");
    Path log = target.resolveSibling("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(go.toString(), "install", "-ldflags", "-s -w", MODULE))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("GOBIN", building.toString());
    builder.environment().put("CGO_ENABLED", "0");
    if (awaitBuilt(builder.start()) != 0) {
      progress.accept("Go could not build it, see " + log);
    }
    Optional<Path> built = runnable(building.resolve(PROGRAM));
    if (built.isPresent()) {
      Files.move(built.get(), target, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.deleteIfExists(building.resolve(PROGRAM));
    Files.deleteIfExists(building);
    return built.isPresent();
  }

  private int awaitBuilt(Process process) throws IOException {
    try {
      long started = System.nanoTime();
      while (!process.waitFor(10, TimeUnit.SECONDS)) {
        Duration so = Duration.ofNanos(System.nanoTime() - started);
        progress.accept("still building the Temporal CLI, " + so.toSeconds() + " s");
        if (so.compareTo(BUILD_WITHIN) > 0) {
          process.destroyForcibly();
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building the Temporal CLI", e);
    }
  }

  private Path cache() {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path base =
        Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
            .filter(it -> !it.isBlank())
            .map(Path::of)
            .orElse(Path.of(home, ".cache"));
    return base.resolve("position-manager").resolve("temporal");
  }

  private Optional<Path> onPath(String program) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .flatMap(path -> runnable(path).stream())
        .findFirst();
  }

  /** The program that a download left below the folder. */
  static Optional<Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files =
        Files.find(
            folder, CACHE_DEPTH, (path, is) -> path.endsWith(PROGRAM) && is.isRegularFile())) {
      return files.flatMap(path -> runnable(path).stream()).findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Path> runnable(Path path) {
    return Optional.of(path).filter(Files::isRegularFile).filter(Files::isExecutable);
  }
}
