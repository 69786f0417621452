package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Alpaca's clients as published, installed under a folder. Where that cannot be done the test is
 * skipped and says why; it fails where the environment variable {@code PUBLISHED_CLIENTS} is {@code
 * required}.
 */
final class PublishedClients {
  static final String ALPACA_PY = "alpaca-py==0.44.0";
  static final String ALPACA_JS = "@alpacahq/alpaca-trade-api@4.0.2";

  private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
  private static final String REQUIRED = "PUBLISHED_CLIENTS";

  private final Path home;
  private final Consumer<String> otherwise;

  PublishedClients(Path home) {
    this(home, otherwise("required".equals(System.getenv(REQUIRED))));
  }

  /**
   * @param otherwise is told in one line why one cannot be installed, and ends the test
   */
  PublishedClients(Path home, Consumer<String> otherwise) {
    this.home = home;
    this.otherwise = otherwise;
  }

  /** What is to be done where one cannot be installed. */
  static Consumer<String> otherwise(boolean required) {
    return required
        ? line -> fail(line + "; but here it is " + REQUIRED + "=required")
        : line -> Loud.needs(false, line);
  }

  /** What a command came to. */
  record Outcome(int code, String said) {}

  /** A python that has alpaca-py. */
  Path python() throws Exception {
    Path folder = home.resolve("python");
    Path python = folder.resolve("bin").resolve("python");
    if (isInstalled(folder, ALPACA_PY)) {
      return python;
    }
    install(ALPACA_PY, "python3", "-m", "venv", folder.toString());
    install(ALPACA_PY, python.toString(), "-m", "pip", "install", "--quiet", ALPACA_PY);
    return done(folder, ALPACA_PY, python);
  }

  /** A folder whose node_modules has the client for Node. */
  Path node() throws Exception {
    Path folder = home.resolve("node");
    if (isInstalled(folder, ALPACA_JS)) {
      return folder;
    }
    install(ALPACA_JS, "node", "--version");
    install(ALPACA_JS, "mkdir", "-p", folder.toString());
    install(
        ALPACA_JS,
        "npm",
        "--prefix",
        folder.toString(),
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        ALPACA_JS);
    return done(folder, ALPACA_JS, folder);
  }

  /** What an installation that was broken off left is removed. */
  static boolean isInstalled(Path folder, String what) throws IOException {
    if (Files.exists(mark(folder, what))) {
      return true;
    }
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path it : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(it);
        }
      }
    }
    return false;
  }

  /** Made when all is done. */
  private static Path mark(Path folder, String what) {
    return folder.resolve("installed-" + what.replace('/', '-'));
  }

  static Path done(Path folder, String what, Path result) throws IOException {
    Files.createFile(mark(folder, what));
    return result;
  }

  private void install(String what, String... command) throws Exception {
    Outcome outcome;
    try {
      outcome = run(INSTALLED_WITHIN, List.of(command));
    } catch (IOException notThere) {
      outcome = new Outcome(-1, notThere.getMessage());
    }
    if (outcome.code() != 0) {
      otherwise.accept(
          "%s is not tried: %s failed (%s)"
              .formatted(
                  what,
                  String.join(" ", command),
                  outcome.said().strip().lines().reduce("", (one, next) -> next)));
    }
  }

  /** Runs a command to its end. */
  static Outcome run(Duration within, List<String> command) throws Exception {
    Path said = Files.createTempFile("published-client", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Outcome(-1, "not done within " + within + "\n" + Files.readString(said));
      }
      return new Outcome(process.exitValue(), Files.readString(said));
    } finally {
      Files.delete(said);
    }
  }
}
