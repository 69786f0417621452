package org.positionmanager.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.positionmanager.starter.Pm;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;

/** Programs of the command line at one desk, each in a process of its own. */
public final class DeskPrograms {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Predicate<String> READY = line -> line.startsWith("worker ready");
  private static final Pattern HEALTH_PAGE = Pattern.compile("health and metrics on .*port (\\d+)");

  private final Path folder;
  private final Given given;
  private final String engine;
  private final LedgerServer ledger;
  private final Parts parts;
  private int workers;

  /**
   * @param engine its address
   * @param parts what is started here ends with them
   */
  DeskPrograms(Path folder, Given given, String engine, LedgerServer ledger, Parts parts) {
    this.folder = folder;
    this.given = given;
    this.engine = engine;
    this.ledger = ledger;
    this.parts = parts;
  }

  /** Where a worker tells of itself, by what it said at its start. */
  public static Optional<URI> pagesIn(String said) {
    return HEALTH_PAGE
        .matcher(said)
        .results()
        .findFirst()
        .map(page -> URI.create("http://127.0.0.1:" + page.group(1)));
  }

  /** A worker that is ready; whoever starts it ends it. */
  ManagedProcess startWorker(Consumer<String> lines) throws IOException {
    return worker(Map.of(), READY, lines);
  }

  /** A worker beside the first; ends with the desk. */
  public ManagedProcess startAnotherWorker() throws IOException {
    return startAnotherWorker(Map.of());
  }

  /** The same with other settings of the environment. */
  public ManagedProcess startAnotherWorker(Map<String, String> environment) throws IOException {
    return keep(worker(environment, READY, line -> {}));
  }

  /** A worker beside the first that has written such a line; ends with the desk. */
  public ManagedProcess startAnotherWorkerUntil(Predicate<String> said) throws IOException {
    return keep(worker(Map.of(), said, line -> {}));
  }

  private ManagedProcess worker(
      Map<String, String> settings, Predicate<String> until, Consumer<String> lines)
      throws IOException {
    workers++;
    return ManagedProcess.startUntil(
        configured("worker", "worker-" + workers, settings), until, READY_WITHIN, lines);
  }

  /** An intake with the workers' configuration; ends with the desk. */
  public ManagedProcess startIntake() throws IOException {
    return startIntake(Map.of());
  }

  /** The same with other settings of the environment. */
  public ManagedProcess startIntake(Map<String, String> settings) throws IOException {
    return keep(
        ManagedProcess.startUntil(
            configured("intake", "intake", settings),
            line -> line.startsWith("intake ready"),
            READY_WITHIN,
            line -> {}));
  }

  private ManagedProcess.Command configured(
      String command, String name, Map<String, String> settings) {
    Map<String, String> environment = environment();
    environment.putAll(settings);
    return program(
        name, List.of(command, "--config", folder.resolve("pm.yaml").toString()), environment);
  }

  /** Runs one command and waits for its end; a variable that is empty is taken away. */
  CommandRun pm(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return CommandRun.of(pm(arguments), environment);
  }

  /** Runs one command with what a person types, after which the input ends. */
  public CommandRun pmTyping(String typed, String... arguments)
      throws IOException, InterruptedException {
    return CommandRun.of(pm(arguments), Map.of(), typed);
  }

  /** Starts one command and waits until it has written such a line; ends with the desk. */
  public ManagedProcess startPm(Predicate<String> until, String... arguments) throws IOException {
    return keep(ManagedProcess.startUntil(pm(arguments), until, READY_WITHIN, line -> {}));
  }

  private ManagedProcess.Command pm(String... arguments) {
    return program("pm", List.of(arguments), environment());
  }

  private ManagedProcess.Command program(
      String name, List<String> arguments, Map<String, String> environment) {
    return JavaProgram.of(
        name, Pm.class.getName(), arguments, environment, folder.resolve(name + ".log"));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TEMPORAL_ADDRESS", engine);
    environment.put("DATABASE_URL", DatabaseUrl.of(ledger.address()));
    environment.putAll(given.accounts().keys());
    environment.putAll(given.environment());
    return environment;
  }

  private ManagedProcess keep(ManagedProcess program) {
    parts.keep(program::close);
    return program;
  }
}
