package org.positionmanager.worker;

import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.SharedLedger;
import org.positionmanager.activities.watch.ExitsUnderWay;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationWatch;
import org.positionmanager.worker.engine.ActivityPolls;
import org.positionmanager.worker.engine.Engine;
import org.positionmanager.workflows.identity.AccountName;

/**
 * The worker: serves the accounts whose credentials it was given, each on its own task queue, after
 * checking that each key opens the account it is registered for. An account that cannot be served
 * leaves the others alone.
 */
public final class PositionWorker implements AutoCloseable {
  /** Flyway holds one for its lock and one for its work. */
  private static final int MIGRATION_CONNECTIONS = 3;

  /** Of all accounts together, however many they are; some four are enough for each core. */
  private static final int LEDGER_CONNECTIONS = 24;

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(20);

  /** Between two looks whether the engine still knows the search attributes: it may lose them. */
  private static final Duration KEPT_EVERY = Duration.ofSeconds(15);

  private final WorkflowServiceStubs stubs;
  private final ServedAccounts accounts;
  private final SharedLedger shared;
  private final AlertsRun alerts;
  private final WorkerPages pages;
  private final Rounds attributes;
  private Optional<Reload.Following> following = Optional.empty();

  private PositionWorker(
      WorkflowServiceStubs stubs,
      ServedAccounts accounts,
      SharedLedger shared,
      AlertsRun alerts,
      WorkerPages pages,
      Rounds attributes) {
    this.stubs = stubs;
    this.accounts = accounts;
    this.shared = shared;
    this.alerts = alerts;
    this.pages = pages;
    this.attributes = attributes;
  }

  /**
   * Starts it. From then on its accounts follow the configuration; all else is as it was read.
   *
   * @param progress hears one line for each step and each account
   * @throws WorkerException where it cannot start, or no account is left to serve
   */
  public static PositionWorker start(
      ConfigurationWatch.Begun begun,
      Engine engine,
      LedgerDatabase.Address ledger,
      Consumer<String> progress)
      throws WorkerException {
    Configuration configuration = begun.configuration();
    prepare(ledger);
    registerSearchAttributes(engine, progress);
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ActivityPolls polls = new ActivityPolls();
    WorkflowServiceStubs stubs = engine.connect(CONNECT_WITHIN, polls);
    // by itself the SDK cancels a heartbeating activity soon after the engine went away; a watch
    // goes on, and hears from the engine that is back whether another has taken over
    System.setProperty(
        "temporal.activity.localTimeoutBufferMs", Long.toString(Duration.ofDays(7).toMillis()));
    WorkflowClient client = engine.client(stubs, identity());
    InstantSource clock = InstantSource.system();
    AlertsRun alerts = AlertsRun.start(configuration.alerts(), ledger, meters, progress);
    SharedLedger shared = SharedLedger.open(ledger, LEDGER_CONNECTIONS);
    AtomicReference<ServedAccounts> served = new AtomicReference<>();
    WorkerParts parts =
        new WorkerParts(
            configuration.broker(),
            configuration.plans().book(),
            configuration.watched(),
            configuration.sync(),
            client,
            polls,
            new EngineLists(client, System::nanoTime),
            () -> served.get().now().lives().size(),
            ledger,
            shared,
            alerts,
            meters,
            new ExitsUnderWay(),
            progress);
    ServedAccounts accounts =
        new ServedAccounts(configuration, account -> new AccountService(account, parts), progress);
    served.set(accounts);
    notInEffect(accounts, meters);
    Health health = new Health(client, clock);
    WorkerPages pages;
    try {
      pages =
          WorkerPages.start(
              configuration.http(), () -> health.report(accounts.now()), meters::scrape);
    } catch (WorkerException e) {
      shared.close();
      alerts.close();
      stubs.shutdownNow();
      throw e;
    }
    PositionWorker worker =
        new PositionWorker(
            stubs, accounts, shared, alerts, pages, keepSearchAttributes(engine, progress));
    worker.startAccounts();
    endSyncsOfInactive(client, ledger, progress);
    LeftBehind leftBehind = new LeftBehind(client, clock, progress);
    worker.following =
        Optional.of(new Reload(accounts, begun.watch(), leftBehind::clear, clock).begin());
    return worker;
  }

  private static void notInEffect(ServedAccounts accounts, MeterRegistry meters) {
    Gauge.builder("configuration.not.in.effect", accounts, it -> it.now().notInEffect().size())
        .description("Lines of what the configuration says and the worker does not do")
        .register(meters);
  }

  private void startAccounts() throws WorkerException {
    accounts.start();
    try {
      requireAccountsLeft();
    } catch (WorkerException e) {
      close();
      throw e;
    }
  }

  /**
   * @throws WorkerException where a person has to mend something of every account
   */
  void requireAccountsLeft() throws WorkerException {
    if (accounts.now().lives().stream()
        .allMatch(it -> it.state() instanceof AccountLife.State.Refused)) {
      throw new WorkerException("no account is left to serve; mend one and start again");
    }
  }

  /** An account that nobody uses any more, by the registry, is not compared any more. */
  private static void endSyncsOfInactive(
      WorkflowClient client, LedgerDatabase.Address address, Consumer<String> progress) {
    try (LedgerDatabase desk = LedgerDatabase.forDesk(address, 1)) {
      new DeskReader(desk)
          .accounts().stream()
              .filter(account -> !account.active())
              .filter(account -> new SyncSchedule(client, account.name()).remove())
              .forEach(account -> progress.accept("sync/" + account.name() + " removed"));
    } catch (StatusRuntimeException | ScheduleException | JdbiException e) {
      progress.accept("syncs of inactive accounts cannot be removed now: " + e.getMessage());
    }
  }

  private static void prepare(LedgerDatabase.Address address) throws WorkerException {
    try (LedgerDatabase desk = LedgerDatabase.forDesk(address, MIGRATION_CONNECTIONS)) {
      desk.prepare();
    } catch (IllegalStateException e) {
      throw new WorkerException(e.getMessage());
    }
  }

  /** Before any workflow runs: one that sets an attribute the server does not know stands still. */
  private static void registerSearchAttributes(Engine engine, Consumer<String> progress)
      throws WorkerException {
    try {
      ensureSearchAttributes(engine, progress);
    } catch (IllegalStateException e) {
      throw new WorkerException(e.getMessage());
    }
  }

  private static void ensureSearchAttributes(Engine engine, Consumer<String> progress) {
    List<String> registered = engine.ensureSearchAttributes(CONNECT_WITHIN);
    if (!registered.isEmpty()) {
      progress.accept("registered search attributes " + String.join(", ", registered));
    }
  }

  /** An engine whose database was lost has lost them, too. */
  private static Rounds keepSearchAttributes(Engine engine, Consumer<String> progress) {
    return Rounds.start(
        "search attributes", KEPT_EVERY, () -> ensureSearchAttributes(engine, progress));
  }

  private static String identity() {
    return "worker@" + ManagementFactory.getRuntimeMXBean().getName() + "/" + BuildId.current();
  }

  /** Accounts whose positions are watched now; those whose broker did not answer may follow. */
  public List<AccountName> serving() {
    return accounts.now().lives().stream()
        .filter(it -> it.state() instanceof AccountLife.State.Serving)
        .map(it -> it.account().name())
        .toList();
  }

  /** Accounts of the configuration that could be served and are not now, each with the reason. */
  public List<String> notServed() {
    List<String> all = new ArrayList<>();
    for (AccountLife service : accounts.now().lives()) {
      switch (service.state()) {
        case AccountLife.State.Connecting(String why) ->
            all.add(service.account().name() + ": " + why);
        case AccountLife.State.Suspended(String why) ->
            all.add(service.account().name() + ": " + why);
        case AccountLife.State.Refused(String why) ->
            all.add(service.account().name() + ": " + why);
        case AccountLife.State.Serving serving -> {}
        case AccountLife.State.Closed closed -> {}
      }
    }
    return List.copyOf(all);
  }

  /** Port of the health and metrics pages on the configured host. */
  public int httpPort() {
    return pages.port();
  }

  /** Stops taking work, lets what runs end within 5 s, then closes everything. */
  @Override
  public void close() {
    following.ifPresent(Reload.Following::close);
    // first what others wait for to take over
    accounts.close();
    pages.close();
    attributes.close();
    shared.close();
    alerts.close();
    stubs.shutdownNow();
  }
}
