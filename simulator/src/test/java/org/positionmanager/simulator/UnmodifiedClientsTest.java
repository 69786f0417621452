package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Alpaca's own clients, as published, against the simulator. They are installed under target; where
 * that is not possible the test is skipped and says why.
 */
class UnmodifiedClientsTest {
  private static final Path HERE = Path.of("target", "clients").toAbsolutePath();
  private static final Path SCRIPTS = Path.of("src", "test", "clients").toAbsolutePath();
  private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
  private static final Duration DONE_WITHIN = Duration.ofMinutes(2);
  private static final String ALPACA_PY = "alpaca-py==0.44.0";
  private static final String ALPACA_JS = "@alpacahq/alpaca-trade-api@4.0.2";

  private SimulatorServer server;
  private String ready;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(HERE);
    Scenario scenario =
        StandardMarket.at(Instant.now(), AccountsFile.standard(), MarketHours.ALWAYS_OPEN, 1);
    server = SimulatorServer.start(scenario, "127.0.0.1", 0);
    ready = new Readiness("127.0.0.1", server.port(), scenario).json();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("alpaca-py trades in every way, reads market data and hears its streams")
  @ValueSource(strings = {"smoke.py", "trading.py"})
  void servesPython(String script) throws Exception {
    Path python = HERE.resolve("python").resolve("bin").resolve("python");
    Path installed = HERE.resolve("python").resolve(ALPACA_PY);
    if (!Files.exists(installed)) {
      assumeRuns("python3 is not here: alpaca-py is not tried", "python3", "--version");
      assumeRuns(
          "python3 makes no virtual environment: alpaca-py is not tried",
          "python3",
          "-m",
          "venv",
          HERE.resolve("python").toString());
      assumeRuns(
          ALPACA_PY + " cannot be installed: it is not tried",
          python.toString(),
          "-m",
          "pip",
          "install",
          "--quiet",
          ALPACA_PY);
      Files.createFile(installed);
    }
    assertPasses(python.toString(), SCRIPTS.resolve(script).toString(), ready);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("@alpacahq/alpaca-trade-api trades, reads market data and hears its streams")
  @ValueSource(strings = {"smoke.mjs", "trading.mjs"})
  void servesNode(String script) throws Exception {
    Path folder = HERE.resolve("node");
    if (!Files.exists(folder.resolve("node_modules"))) {
      Files.createDirectories(folder);
      assumeRuns("node is not here: " + ALPACA_JS + " is not tried", "node", "--version");
      assumeRuns(
          ALPACA_JS + " cannot be installed: it is not tried",
          "npm",
          "--prefix",
          folder.toString(),
          "install",
          "--silent",
          "--no-audit",
          "--no-fund",
          ALPACA_JS);
    }
    assertPasses("node", SCRIPTS.resolve(script).toString(), ready, folder.toString());
  }

  private record Outcome(int code, String said) {}

  private static Outcome run(Duration within, List<String> command) throws Exception {
    Path said = Files.createTempFile(HERE, "said", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return new Outcome(-1, "not done within " + within + "\n" + Files.readString(said));
    }
    return new Outcome(process.exitValue(), Files.readString(said));
  }

  private static void assumeRuns(String otherwise, String... command) throws Exception {
    Outcome outcome;
    try {
      outcome = run(INSTALLED_WITHIN, List.of(command));
    } catch (IOException notThere) {
      outcome = new Outcome(-1, notThere.getMessage());
    }
    if (outcome.code() != 0) {
      System.err.println(otherwise);
    }
    assumeTrue(outcome.code() == 0, otherwise + ": " + outcome.said());
  }

  private static void assertPasses(String... command) throws Exception {
    Outcome outcome = run(DONE_WITHIN, List.of(command));
    assertThat(outcome.said()).contains("smoke passed");
    assertThat(outcome.code()).as(outcome.said()).isZero();
  }
}
