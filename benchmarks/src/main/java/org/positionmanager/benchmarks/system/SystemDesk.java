package org.positionmanager.benchmarks.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.benchmarks.SimulatorProcess;
import org.positionmanager.e2e.Broker;
import org.positionmanager.e2e.DeskAccounts;
import org.positionmanager.e2e.Parts;
import org.positionmanager.simulator.MarketHours;
import org.positionmanager.simulator.Scenario;
import org.positionmanager.simulator.SimulatorCommand;
import org.positionmanager.starter.Pm;
import org.positionmanager.worker.database.DatabaseUrl;
import org.positionmanager.worker.database.LedgerServer;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.worker.engine.EngineFinder;
import org.positionmanager.worker.process.JavaProgram;
import org.positionmanager.worker.process.ManagedProcess;

/**
 * A desk as it is in earnest, each part in a process of its own: Temporal's dev server on a file,
 * embedded PostgreSQL, the simulator, workers, the intake, the polling loop. All of it is gone when
 * it is closed.
 */
final class SystemDesk implements AutoCloseable {
  /** 10:00 in New York on a trading day. */
  private static final Instant MORNING = Instant.parse("2026-02-11T15:00:00Z");

  private static final BigDecimal CASH = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal PRICE = BigDecimal.valueOf(100);

  /** Calm enough that nothing breaches by itself within hours. */
  private static final BigDecimal VOLATILITY = new BigDecimal("0.02");

  /** As shipped. */
  static final Duration REVIEW_EVERY = Duration.ofSeconds(60);

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);

  private final Parts parts;
  private final Layout layout;
  private final Path folder;
  private final Engine engine;
  private final LedgerServer ledgerServer;
  private final SimulatorProcess simulator;
  private final Broker broker;
  private final WorkflowServiceStubs stubs;
  private final List<String> jvmOptions;
  private final SequencedMap<String, Long> processes = new LinkedHashMap<>();

  private SystemDesk(Parts parts, Layout layout, List<String> jvmOptions, Consumer<String> tell)
      throws IOException {
    this.parts = parts;
    this.layout = layout;
    this.jvmOptions = List.copyOf(jvmOptions);
    folder = parts.folder("pm-bench");
    engine = new EngineFinder(System.getenv(), tell).own(folder.resolve("temporal.db"));
    parts.keep(engine);
    processes.put("engine", engine.process().orElseThrow().pid());
    ledgerServer = parts.keep(LedgerServer.start(folder.resolve("postgres")));
    processes.put("postgresql", ledgerServer.postmaster().orElseThrow().pid());
    Path scenario = folder.resolve("scenario.json");
    Files.writeString(scenario, SimulatorCommand.mapper().writeValueAsString(scenario()));
    simulator = parts.keep(SimulatorProcess.start(scenario, folder.resolve("simulator.log")));
    processes.put("simulator", simulator.pid());
    broker = new Broker(simulator.url());
    stubs = engine.connect(CONNECT_WITHIN);
    parts.keep(stubs::shutdownNow);
  }

  /**
   * Starts engine, ledger and broker.
   *
   * @param jvmOptions of the workers, for instance to record a profile
   */
  static SystemDesk start(Layout layout, List<String> jvmOptions, Consumer<String> tell)
      throws Exception {
    Parts parts = new Parts();
    try {
      return new SystemDesk(parts, layout, jvmOptions, tell);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private Scenario scenario() {
    List<String> names = new ArrayList<>();
    for (Layout.Group group : Layout.Group.values()) {
      names.addAll(layout.accountsOf(group));
    }
    return new Scenario(
        MORNING,
        1,
        List.of(),
        1,
        new DeskAccounts(names).seeds(CASH),
        Stream.concat(layout.bookSymbols().stream(), layout.probeSymbols().stream())
            .map(SystemDesk::walk)
            .toList(),
        MarketHours.NYSE,
        false,
        List.of(),
        Optional.empty());
  }

  private static Scenario.Path walk(String symbol) {
    return new Scenario.Path(
        symbol,
        List.of(),
        Optional.of(new Scenario.Walk(PRICE, Optional.of(VOLATILITY))),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * A worker of a group's accounts.
   *
   * @param reviewEvery between reviews where no watch looks
   */
  ManagedProcess startWorker(String name, Layout.Group group, boolean watched, Duration reviewEvery)
      throws IOException {
    DeskAccounts accounts = new DeskAccounts(layout.accountsOf(group));
    Path config = folder.resolve(name + ".yaml");
    StringBuilder yaml = new StringBuilder(accounts.yaml());
    yaml.append("broker: {url: \"%s\", requestsPerMinute: 0, stockFeed: sip}\n".formatted(url()));
    yaml.append("watch: ").append(watched).append('\n');
    // the last rows of thousands wait for minutes: what they opened is not to be opened twice
    yaml.append("sync: {adoptAfter: 1h}\n");
    Path plans = folder.resolve(name + "-plans.yaml");
    Files.writeString(plans, BenchPlans.reviewedEvery(reviewEvery));
    yaml.append("plans: '").append(plans).append("'\n");
    Files.writeString(config, yaml);
    return program(
        name,
        "worker ready",
        JavaProgram.Collector.CONCURRENT,
        jvmOptions,
        Pm.class,
        List.of("worker", "--config", config.toString()),
        accounts.keys());
  }

  ManagedProcess startIntake() throws IOException {
    return program(
        "intake",
        "intake ready",
        JavaProgram.Collector.SERIAL,
        List.of(),
        Pm.class,
        List.of("intake"),
        Map.of());
  }

  /** The polling loop on holdings that it finds at the broker. */
  ManagedProcess startPolling() throws IOException {
    Path config = folder.resolve("polling.json");
    Files.writeString(
        config,
        new ObjectMapper()
            .writeValueAsString(
                new PollingLoop.Settings(url(), layout.accountsOf(Layout.Group.POLLED))));
    return program(
        "polling",
        "polling",
        JavaProgram.Collector.SERIAL,
        List.of(),
        PollingLoop.class,
        List.of(config.toString()),
        Map.of());
  }

  private ManagedProcess program(
      String name,
      String ready,
      JavaProgram.Collector collector,
      List<String> options,
      Class<?> main,
      List<String> arguments,
      Map<String, String> secrets)
      throws IOException {
    Map<String, String> environment = new HashMap<>(secrets);
    environment.put("TEMPORAL_ADDRESS", engine.address());
    environment.put("DATABASE_URL", DatabaseUrl.of(ledgerServer.address()));
    ManagedProcess started =
        ManagedProcess.startUntil(
            JavaProgram.longRunning(
                name,
                collector,
                options,
                main.getName(),
                arguments,
                environment,
                folder.resolve(name + ".log")),
            line -> line.startsWith(ready),
            READY_WITHIN,
            line -> {});
    parts.keep(started);
    processes.put(name, started.pid());
    return started;
  }

  private String url() {
    return simulator.url();
  }

  Layout layout() {
    return layout;
  }

  Broker broker() {
    return broker;
  }

  LedgerDatabase.Address ledger() {
    return ledgerServer.address();
  }

  /** A look at the ledger with a connection of its own. */
  LedgerLook look() {
    try {
      return LedgerLook.at(ledgerServer.address());
    } catch (SQLException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  WorkflowClient client() {
    return engine.client(stubs, "pm bench");
  }

  /** Process ids by what runs there; of several under one name, the last. */
  SequencedMap<String, Long> processes() {
    // the engine is begun again where it no longer works
    processes.put("engine", engine.process().orElseThrow().pid());
    return new LinkedHashMap<>(processes);
  }

  /** Where logs are while it runs. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() throws Exception {
    parts.close();
  }
}
