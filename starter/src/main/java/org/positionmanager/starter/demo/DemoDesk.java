package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Pm;
import org.positionmanager.worker.RunFile;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;

/** Everything that the demo starts, each part in a process of its own, stopped in reverse. */
final class DemoDesk implements AutoCloseable {
  /** The workers' configuration file in the demo's folder. */
  static final String CONFIGURATION = "pm.yaml";

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  /** And so much longer for each account that a worker begins with. */
  private static final Duration FOR_EACH_ACCOUNT = Duration.ofSeconds(2);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Path folder;
  private final DemoCast cast;
  private final Consumer<String> progress;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> secrets = new HashMap<>();

  private Engine engine;
  private LedgerServer ledgerServer;
  private SimulatorAdmin simulator;
  private DemoDispatcher dispatcher;
  private WorkflowServiceStubs stubs;
  private LedgerDatabase ledger;

  DemoDesk(Path folder, DemoCast cast, Consumer<String> progress) {
    this.folder = folder;
    this.cast = cast;
    this.progress = progress;
  }

  /**
   * Starts everything, on what an earlier demo left in the folder.
   *
   * @param speed of the scripted day, in exchange seconds a second
   */
  void start(double speed) throws IOException, SQLException {
    Files.createDirectories(folder);
    makeKeys();
    engine =
        kept(
            // never one that the environment names: its accounts are not simulated ones
            new EngineFinder(System.getenv(), progress)
                .own(folder.resolve("temporal").resolve("temporal.db")));
    progress.accept("starting PostgreSQL on " + folder.resolve("postgres"));
    ledgerServer = kept(LedgerServer.start(folder.resolve("postgres")));
    started.push(RunFile.write(folder.getParent(), engine.address(), ledgerServer.address()));
    dispatcher = DemoDispatcher.on(ledgerServer.address(), cast);
    boolean begun = dispatcher.deliveries() > 0;
    String simulatorUrl = startSimulator(begun ? goingOn(speed) : DemoScript.standing());
    simulator = new SimulatorAdmin(simulatorUrl);
    Path config = writeConfiguration(simulatorUrl);
    program("worker", "worker ready", List.of("worker", "--config", config.toString()));
    program("intake", "intake ready", List.of("intake"));
    stubs = engine.connect(CONNECT_WITHIN);
    started.push(stubs::shutdownNow);
    ledger = kept(LedgerDatabase.forDesk(ledgerServer.address(), 2));
    if (!begun) {
      simulator.runs(DemoScript.paces(speed));
    }
  }

  /** With more accounts, the day says itself when all is open. */
  private List<Map<String, Object>> goingOn(double speed) {
    return cast.more() > 0 ? DemoScript.realTime() : DemoScript.paces(speed);
  }

  private <T extends AutoCloseable> T kept(T part) {
    started.push(part);
    return part;
  }

  /**
   * Looks whether all that was started still runs.
   *
   * @throws IOException naming the part that has ended
   */
  void checkAlive() throws IOException {
    for (AutoCloseable part : started) {
      if (part instanceof ManagedProcess process && !process.isAlive()) {
        throw new IOException(
            "%s has ended by itself; its words are in %s"
                .formatted(process.name(), folder.resolve(process.name() + ".log")));
      }
    }
  }

  /** Keys of the simulated broker alone: other ones at each start. */
  private void makeKeys() {
    SecureRandom random = new SecureRandom();
    for (DemoCast.Account account : cast.accounts()) {
      for (String part : List.of("key", "secret")) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        secrets.put(account.name() + "-" + part, HexFormat.of().formatHex(bytes));
      }
    }
  }

  private String startSimulator(List<Map<String, Object>> paces) throws IOException {
    Path scenario = folder.resolve("scenario.json");
    Files.writeString(scenario, json.writeValueAsString(DemoScript.scenario(cast, secrets, paces)));
    AtomicReference<String> url = new AtomicReference<>();
    String ready = "simulator listening on ";
    kept(
        ManagedProcess.startUntil(
            command(
                "simulator",
                List.of(
                    "simulator",
                    "--scenario",
                    scenario.toString(),
                    "--data",
                    folder.resolve("exchange").toString()),
                Map.of()),
            line -> line.startsWith(ready),
            READY_WITHIN,
            line -> {
              if (line.startsWith(ready)) {
                url.set(line.substring(ready.length()).trim());
              }
            }));
    progress.accept("simulator at " + url.get());
    return url.get();
  }

  private void program(String name, String ready, List<String> arguments) throws IOException {
    progress.accept("starting " + name);
    kept(
        ManagedProcess.startUntil(
            command(name, arguments, environment()),
            line -> line.startsWith(ready),
            READY_WITHIN.plus(FOR_EACH_ACCOUNT.multipliedBy(cast.more())),
            line -> {}));
  }

  /** What serves a hundred accounts needs the optimising compiler, and more memory. */
  private ManagedProcess.Command command(
      String name, List<String> arguments, Map<String, String> environment) {
    Path log = folder.resolve(name + ".log");
    return cast.more() > 0
        ? JavaProgram.longRunning(
            name,
            JavaProgram.Collector.CONCURRENT,
            List.of(),
            Pm.class.getName(),
            arguments,
            environment,
            log)
        : JavaProgram.of(name, Pm.class.getName(), arguments, environment, log);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TEMPORAL_ADDRESS", engine.address());
    environment.put("TEMPORAL_NAMESPACE", engine.namespace());
    environment.put("DATABASE_URL", DatabaseUrl.of(ledgerServer.address()));
    secrets.forEach((name, value) -> environment.put(variable(name), value));
    return environment;
  }

  private static String variable(String secret) {
    return "DEMO_" + secret.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private Path writeConfiguration(String simulatorUrl) throws IOException {
    Path file = folder.resolve(CONFIGURATION);
    StringBuilder yaml =
        new StringBuilder(
            """
            accountDefaults:
              credentials: {keyEnv: "DEMO_{NAME}_KEY", secretEnv: "DEMO_{NAME}_SECRET"}
            accounts:
            """);
    for (DemoCast.Account account : cast.accounts()) {
      yaml.append("  - name: ").append(account.name()).append('\n');
      if (!account.calledByDispatchers().equals(account.name())) {
        yaml.append("    aliases: [").append(account.calledByDispatchers()).append("]\n");
      }
      yaml.append("    brokerAccountNumber: ").append(account.number()).append('\n');
    }
    if (cast.more() > 0) {
      // rows of so many accounts wait for their turn for minutes: what they bought is theirs
      yaml.append("sync: {adoptAfter: 1h}\n");
    }
    yaml.append("broker: {url: \"").append(simulatorUrl).append("\", requestsPerMinute: 0}\n");
    Files.writeString(file, yaml);
    return file;
  }

  DemoCast cast() {
    return cast;
  }

  SimulatorAdmin simulator() {
    return simulator;
  }

  LedgerDatabase ledger() {
    return ledger;
  }

  DemoDispatcher dispatcher() {
    return dispatcher;
  }

  WorkflowClient client() {
    return engine.client(stubs, "pm demo");
  }

  Optional<String> uiUrl() {
    return engine.uiUrl();
  }

  @Override
  public void close() {
    // an interrupt that ended the start must not keep the parts from ending in order
    Thread.interrupted();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        progress.accept("could not be stopped cleanly: " + e.getMessage());
      }
    }
  }
}
