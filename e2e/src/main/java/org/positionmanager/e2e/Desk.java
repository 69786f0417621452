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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.simulator.SimulatorServer;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionWorkflow;

/** A whole desk: engine, ledger and simulator for real, the worker in a process of its own. */
public final class Desk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Parts parts;
  private final Path folder;
  private final Given given;
  private final DeskEngine engine;
  private final DeskPrograms programs;
  private final WorkflowServiceStubs stubs;
  private final LedgerServer ledgerServer;
  private final LedgerDatabase ledger;
  private final SimulatorServer simulator;
  private final Broker broker;
  private ManagedProcess worker;
  private volatile Optional<URI> workerPages = Optional.empty();

  Desk(Given given, Parts parts) throws IOException {
    this.given = given;
    this.parts = parts;
    folder = parts.folder("desk");
    engine = parts.keep(DeskEngine.start(folder, given.environment()));
    ledgerServer = LedgerServer.start(folder.resolve("postgres"));
    parts.keep(ledgerServer);
    simulator = SimulatorServer.start(given.scenario(), "127.0.0.1", 0);
    parts.keep(simulator);
    broker = new Broker(simulator.url());
    programs = new DeskPrograms(folder, given, engine.address(), ledgerServer, parts);
    configure(given.configured());
    startWorker();
    parts.keep(() -> worker.close());
    stubs = engine.now().connect(Duration.ofSeconds(20));
    parts.keep(stubs::shutdownNow);
    ledger = LedgerDatabase.forDesk(ledgerServer.address(), 6);
    parts.keep(ledger);
  }

  /** Describes a desk. */
  public static DeskBuilder aDesk() {
    return new DeskBuilder();
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
    worker = programs.startWorker(this::noteHealthPage);
  }

  private void noteHealthPage(String line) {
    workerPages = DeskPrograms.pagesIn(line).or(() -> workerPages);
  }

  /** Where the worker tells of itself: {@code /healthz} and {@code /metrics}. */
  public URI workerPages() {
    return workerPages.orElseThrow();
  }

  /** The process id of the worker that was started last as the desk's own. */
  public long workerProcess() {
    return worker.pid();
  }

  /** The worker that was started last as the desk's own. */
  public ManagedProcess worker() {
    return worker;
  }

  /** Runs one command of the command line in a process of its own and waits for its end. */
  public CommandRun pm(String... arguments) throws IOException, InterruptedException {
    return programs.pm(Map.of(), arguments);
  }

  /** The same with other settings of the environment; an empty one is taken away. */
  public CommandRun pmWith(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return programs.pm(environment, arguments);
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

  /** PostgreSQL, for who kills and restarts it. */
  public LedgerServer ledgerServer() {
    return ledgerServer;
  }

  /** The Temporal server. */
  public DeskEngine engine() {
    return engine;
  }

  /** What else of the command line runs at this desk. */
  public DeskPrograms programs() {
    return programs;
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
    return engine.now().client(stubs, "test");
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
