package org.positionmanager.e2e;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.simulator.SimulatorServer;
import org.positionmanager.starter.Pm;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.engine.DevServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.payload.PayloadKeys;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionWorkflow;

/** A whole desk: engine, ledger and simulator for real, the worker in a process of its own. */
public final class Desk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Predicate<String> READY = line -> line.startsWith("worker ready");
  private static final Pattern HEALTH_PAGE = Pattern.compile("health and metrics on .*port (\\d+)");

  private final Parts parts;
  private final Path folder;
  private final Given given;
  private final DevServer.Ports ports;
  private final Path temporal;
  private Engine engine;
  private final WorkflowServiceStubs stubs;
  private final LedgerServer ledgerServer;
  private final LedgerDatabase ledger;
  private final SimulatorServer simulator;
  private final Broker broker;
  private ManagedProcess worker;
  private volatile Optional<URI> workerPages = Optional.empty();
  private int workers;

  private Desk(Given given, Parts parts) throws IOException {
    this.given = given;
    this.parts = parts;
    folder = parts.folder("desk");
    temporal =
        new EngineFinder(System.getenv(), line -> System.err.println("engine: " + line)).binary();
    ports = DevServer.Ports.free();
    startEngine();
    parts.keep(() -> engine.close());
    ledgerServer = LedgerServer.start(folder.resolve("postgres"));
    parts.keep(ledgerServer);
    simulator = SimulatorServer.start(given.scenario(), "127.0.0.1", 0);
    parts.keep(simulator);
    broker = new Broker(simulator.url());
    configure(given.configured());
    startWorker();
    parts.keep(() -> worker.close());
    stubs = engine.connect(Duration.ofSeconds(20));
    parts.keep(stubs::shutdownNow);
    ledger = LedgerDatabase.forDesk(ledgerServer.address(), 6);
    parts.keep(ledger);
  }

  /** Describes a desk. */
  public static Builder aDesk() {
    return new Builder();
  }

  /** What a desk begins with. */
  public static final class Builder {
    private List<String> accounts = List.of("large");
    private Optional<List<String>> configured = Optional.empty();
    private final Map<String, String> prices = new HashMap<>();
    private final Map<String, String> keysOf = new HashMap<>();
    private String settings = "";
    private Map<String, String> environment = Map.of();

    public Builder withAccounts(String... names) {
      accounts = List.of(names);
      return this;
    }

    /** Those of the accounts that the workers' configuration has at first; else all of them. */
    public Builder configuredAtFirst(String... names) {
      configured = Optional.of(List.of(names));
      return this;
    }

    /** A symbol and its mid until a test sets another. */
    public Builder withPrice(String symbol, String mid) {
      prices.put(symbol, mid);
      return this;
    }

    /** One account is given another's keys, by mistake; empty for a key that nobody has. */
    public Builder withKeysOf(String account, String other) {
      keysOf.put(account, other);
      return this;
    }

    /** Further lines of the configuration. */
    public Builder withSettings(String yaml) {
      settings = yaml;
      return this;
    }

    /** Further variables of all processes. */
    public Builder withEnvironment(Map<String, String> variables) {
      environment = variables;
      return this;
    }

    public Desk start() throws IOException {
      Parts parts = new Parts();
      try {
        return new Desk(
            new Given(
                new DeskAccounts(accounts, keysOf),
                configured.orElse(accounts),
                prices,
                settings,
                environment),
            parts);
      } catch (IOException | RuntimeException e) {
        try {
          parts.close();
        } catch (Exception also) {
          e.addSuppressed(also);
        }
        throw e;
      }
    }
  }

  /** Has the workers' configuration, which they follow, list these of the desk's accounts. */
  public void configure(List<String> names) throws IOException {
    writeConfiguration("pm.yaml", names);
  }

  /** A configuration of these of the desk's accounts that no worker follows; where it is. */
  public Path configuration(String... names) throws IOException {
    return writeConfiguration("other.yaml", List.of(names));
  }

  private Path writeConfiguration(String file, List<String> names) throws IOException {
    return Files.writeString(folder.resolve(file), given.configuration(names, simulator.url()));
  }

  private void startEngine() throws IOException {
    engine =
        DevServer.start(temporal, folder.resolve("temporal.db"), ports)
            .withKeys(PayloadKeys.of(given.environment()));
  }

  /** Lets nobody write one of the ledger's tables until it is closed. */
  public LedgerBlock blockWritesOf(String table) throws SQLException {
    return LedgerBlock.of(ledgerServer.address(), table);
  }

  /** Since when an account's watch is held by who holds it, or held it last. */
  public Instant watchedSince(String account) throws SQLException {
    return LedgerBlock.watchedSince(ledgerServer.address(), account);
  }

  /** How many rows the history has of a position. */
  public int historyRowsOf(PositionId id) throws SQLException {
    return LedgerBlock.historyRowsOf(ledgerServer.address(), id);
  }

  /** Starts a worker process and waits until it is ready. */
  public void startWorker() throws IOException {
    worker = newWorker(Map.of(), READY, this::noteHealthPage);
  }

  private void noteHealthPage(String line) {
    workerPages = pagesIn(line).or(() -> workerPages);
  }

  /** Where a worker tells of itself, by what it said at its start. */
  public static Optional<URI> pagesIn(String said) {
    return HEALTH_PAGE
        .matcher(said)
        .results()
        .findFirst()
        .map(page -> URI.create("http://127.0.0.1:" + page.group(1)));
  }

  /** Where the worker tells of itself: {@code /healthz} and {@code /metrics}. */
  public URI workerPages() {
    return workerPages.orElseThrow();
  }

  /** A worker beside the first; ends with the desk. */
  public ManagedProcess startAnotherWorker() throws IOException {
    return startAnotherWorker(Map.of());
  }

  /** The same with other settings of the environment. */
  public ManagedProcess startAnotherWorker(Map<String, String> environment) throws IOException {
    ManagedProcess another = newWorker(environment);
    parts.keep(another::close);
    return another;
  }

  /** An intake in a process of its own, with the workers' configuration; ends with the desk. */
  public ManagedProcess startIntake() throws IOException {
    return startIntake(Map.of());
  }

  /** The same with other settings of the environment. */
  public ManagedProcess startIntake(Map<String, String> settings) throws IOException {
    Map<String, String> environment = environment();
    environment.putAll(settings);
    ManagedProcess intake =
        ManagedProcess.startUntil(
            program(
                "intake",
                List.of("intake", "--config", folder.resolve("pm.yaml").toString()),
                environment),
            line -> line.startsWith("intake ready"),
            READY_WITHIN,
            line -> {});
    parts.keep(intake::close);
    return intake;
  }

  /** The process id of the worker that was started last as the desk's own. */
  public long workerProcess() {
    return worker.pid();
  }

  /** The worker that was started last as the desk's own. */
  public ManagedProcess worker() {
    return worker;
  }

  /** The process id of the Temporal server. */
  public long engineProcess() {
    return ((ManagedProcess) engine.owned()).pid();
  }

  /** Where the Temporal server listens on loopback. */
  public int enginePort() {
    return ports.grpc();
  }

  /** A worker beside the first that has written such a line; ends with the desk. */
  public ManagedProcess startAnotherWorkerUntil(Predicate<String> said) throws IOException {
    ManagedProcess another = newWorker(Map.of(), said, line -> {});
    parts.keep(another::close);
    return another;
  }

  private ManagedProcess newWorker(Map<String, String> settings) throws IOException {
    return newWorker(settings, READY, line -> {});
  }

  private ManagedProcess newWorker(
      Map<String, String> settings, Predicate<String> until, Consumer<String> lines)
      throws IOException {
    workers++;
    Map<String, String> environment = environment();
    environment.putAll(settings);
    return ManagedProcess.startUntil(
        program(
            "worker-" + workers,
            List.of("worker", "--config", folder.resolve("pm.yaml").toString()),
            environment),
        until,
        READY_WITHIN,
        lines);
  }

  private ManagedProcess.Command program(String name, List<String> arguments) {
    return program(name, arguments, environment());
  }

  private ManagedProcess.Command program(
      String name, List<String> arguments, Map<String, String> environment) {
    return JavaProgram.of(
        name, Pm.class.getName(), arguments, environment, folder.resolve(name + ".log"));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("TEMPORAL_ADDRESS", engine.address());
    environment.put("DATABASE_URL", DatabaseUrl.of(ledgerServer.address()));
    environment.putAll(given.accounts().keys());
    environment.putAll(given.environment());
    return environment;
  }

  /** Runs one command of the command line in a process of its own and waits for its end. */
  public CommandRun pm(String... arguments) throws IOException, InterruptedException {
    return CommandRun.of(program("pm", List.of(arguments)), Map.of());
  }

  /** The same with other settings of the environment; an empty one is taken away. */
  public CommandRun pmWith(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return CommandRun.of(program("pm", List.of(arguments)), environment);
  }

  /** The same with what a person types, after which the input ends. */
  public CommandRun pmTyping(String typed, String... arguments)
      throws IOException, InterruptedException {
    return CommandRun.of(program("pm", List.of(arguments)), Map.of(), typed);
  }

  /** Starts one command and waits until it has written such a line; ends with the desk. */
  public ManagedProcess startPm(Predicate<String> until, String... arguments) throws IOException {
    ManagedProcess pm =
        ManagedProcess.startUntil(
            program("pm", List.of(arguments)), until, READY_WITHIN, line -> {});
    parts.keep(pm::close);
    return pm;
  }

  /** The last lines that the worker wrote. */
  public String workerSaid() {
    return worker.lastLines();
  }

  /** The worker's folder, configuration included. */
  public Path folder() {
    return folder;
  }

  /** {@code kill -9} of the worker. */
  public void killWorker() {
    worker.kill();
  }

  /** {@code kill -9} of the Temporal server. */
  public void killEngine() {
    ((ManagedProcess) engine.owned()).kill();
  }

  /** The Temporal server up again, on the same file and port. */
  public void restartEngine() throws IOException {
    startEngine();
  }

  /** {@code kill -9} of the Temporal server, and all that it kept is gone. */
  public void loseEngine() throws IOException {
    killEngine();
    for (String part : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("temporal.db" + part));
    }
  }

  /** {@code kill -9} of the Temporal server, then up again. */
  public void killAndRestartEngine() throws IOException {
    killEngine();
    restartEngine();
  }

  /** PostgreSQL, for who kills and restarts it. */
  public LedgerServer ledgerServer() {
    return ledgerServer;
  }

  /** The simulated broker. */
  public Broker broker() {
    return broker;
  }

  public LedgerDatabase ledger() {
    return ledger;
  }

  public LedgerReader reader() {
    return new LedgerReader(ledger);
  }

  /** An intake in this process. */
  public Intake intake() {
    return Intake.start(
        new ExecutionInbox(ledger, new AccountRegistry(ledger)),
        new PositionStarter(client()),
        Duration.ofMillis(200),
        line -> {});
  }

  public WorkflowClient client() {
    return engine.client(stubs, "test");
  }

  /** An entry order at the broker and the dispatcher's row of it. */
  public PositionId opens(String account, String symbol, int quantity) throws Exception {
    String order = broker.buys(account, symbol, quantity);
    PositionId id =
        new PositionId(new AccountName(account), Instrument.parse(symbol), UUID.randomUUID());
    DispatcherRows.insert(ledgerServer.address(), id, quantity, order, broker.now());
    return id;
  }

  /** The dispatcher's row of an order that was sent before. */
  public void announces(PositionId id, int quantity, String order) throws Exception {
    DispatcherRows.insert(ledgerServer.address(), id, quantity, order, broker.now());
  }

  /** Changes the ledger behind everybody's back. */
  public void execute(String statement) throws SQLException {
    LedgerBlock.execute(ledgerServer.address(), statement);
  }

  public PositionWorkflow position(PositionId id) {
    return client().newWorkflowStub(PositionWorkflow.class, id.workflowId());
  }

  /** Waits until the ledger has the position in a phase. */
  public LedgerReader.Row awaitPhase(PositionId id, Phase phase) {
    return await(
            id + " to be " + phase,
            () -> reader().positions(true).stream().filter(row -> row.id().equals(id)).findFirst(),
            row -> row.filter(it -> it.phase() == phase).isPresent())
        .orElseThrow();
  }

  /** Waits for something, and tells on failure what was seen last. */
  public <T> T await(String what, Callable<T> look, Predicate<T> until) {
    Supplier<String> description = () -> what + "; the worker said: " + worker.lastLines();
    return Awaitility.await(description.get())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(look, until);
  }

  /** The event types of a position, in order. */
  public Optional<String> reasonOf(PositionId id) {
    return reader().positions(true).stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .flatMap(row -> row.reason().map(Enum::name));
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
