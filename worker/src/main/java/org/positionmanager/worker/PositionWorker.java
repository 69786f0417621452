package org.positionmanager.worker;

import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.engine.Engine;

/**
 * The worker: serves the accounts whose credentials it was given, each on its own task queue, after
 * checking that each key opens the account it is registered for.
 */
public final class PositionWorker implements AutoCloseable {
  /** Past the SDK's default of 600 cached workflows every wake would replay the whole history. */
  private static final int CACHED_WORKFLOWS = 12_000;

  /** Flyway holds one for its lock and one for its work. */
  private static final int MIGRATION_CONNECTIONS = 3;

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final List<AccountWorker> accounts;
  private final Javalin http;

  private PositionWorker(
      WorkflowServiceStubs stubs,
      WorkerFactory factory,
      List<AccountWorker> accounts,
      Javalin http) {
    this.stubs = stubs;
    this.factory = factory;
    this.accounts = accounts;
    this.http = http;
  }

  /**
   * Starts it.
   *
   * @throws WorkerException in one line where it cannot start
   */
  public static PositionWorker start(
      Configuration configuration,
      Engine engine,
      LedgerDatabase.Address ledger,
      Consumer<String> progress)
      throws WorkerException {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    migrate(ledger);
    for (Configuration.Unserved account : configuration.unserved()) {
      account
          .reasons()
          .forEach(it -> progress.accept("account " + account.name() + " is not served: " + it));
    }
    Map<Configuration.Served, AlpacaConnection> connections = new LinkedHashMap<>();
    for (Configuration.Served account : configuration.served()) {
      connections.put(account, AccountWorker.connect(account, configuration.broker(), meters));
      progress.accept("account " + account.name() + ": key checked");
    }
    register(configuration, ledger);
    WorkflowServiceStubs stubs = engine.connect(CONNECT_WITHIN);
    WorkflowClient client = engine.client(stubs, identity());
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(CACHED_WORKFLOWS)
                .setMaxWorkflowThreadCount(2 * CACHED_WORKFLOWS)
                .setUsingVirtualWorkflowThreads(true)
                .build());
    List<AccountWorker> accounts = new ArrayList<>();
    connections.forEach(
        (account, connection) ->
            accounts.add(AccountWorker.register(factory, client, account, connection, ledger)));
    Javalin http;
    try {
      http = listen(configuration.http(), factory, meters);
    } catch (WorkerException e) {
      accounts.forEach(AccountWorker::close);
      stubs.shutdownNow();
      throw e;
    }
    factory.start();
    return new PositionWorker(stubs, factory, accounts, http);
  }

  /** Before any work is taken: a host or port that cannot be had then costs nothing. */
  private static Javalin listen(
      Configuration.Http pages, WorkerFactory factory, PrometheusMeterRegistry meters)
      throws WorkerException {
    Javalin http =
        Javalin.create(
            server -> {
              server.startup.showJavalinBanner = false;
              server.routes.get(
                  "/healthz", context -> context.result(factory.isStarted() ? "ok" : "stopped"));
              server.routes.get("/metrics", context -> context.result(meters.scrape()));
            });
    try {
      return http.start(pages.host(), pages.port());
    } catch (JavalinBindException e) {
      http.stop();
      throw new WorkerException(
          "http.host %s, http.port %d cannot be listened on: no address of this machine, or a taken"
                  .formatted(pages.host(), pages.port())
              + " port; configure another");
    }
  }

  private static void migrate(LedgerDatabase.Address address) throws WorkerException {
    try (LedgerDatabase desk = LedgerDatabase.forDesk(address, MIGRATION_CONNECTIONS)) {
      desk.migrate();
      desk.verify();
    } catch (IllegalStateException e) {
      throw new WorkerException(e.getMessage());
    }
  }

  /** Only after every key was checked, so that a wrong one leaves no trace in the registry. */
  private static void register(Configuration configuration, LedgerDatabase.Address address)
      throws WorkerException {
    try (LedgerDatabase desk = LedgerDatabase.forDesk(address, 1)) {
      AccountRegistry registry = new AccountRegistry(desk);
      for (Configuration.Served account : configuration.served()) {
        registry.register(
            new AccountRegistry.Registered(
                account.name(), account.aliases(), account.brokerAccountNumber(), account.live()));
      }
    } catch (IllegalStateException e) {
      throw new WorkerException(e.getMessage());
    }
  }

  private static String identity() {
    return "worker@" + ManagementFactory.getRuntimeMXBean().getName() + "/" + BuildId.current();
  }

  /** Port of the health and metrics pages on the configured host. */
  public int httpPort() {
    return http.port();
  }

  /** Stops taking work, lets what runs end within 5 s, then closes everything. */
  @Override
  public void close() {
    http.stop();
    factory.shutdown();
    factory.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
    accounts.forEach(AccountWorker::close);
    stubs.shutdownNow();
  }
}
