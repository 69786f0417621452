package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.ledger.ArmedExits;
import org.positionmanager.activities.ledger.FlattenLedger;
import org.positionmanager.activities.ledger.FlattenRequests;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresLedger;
import org.positionmanager.activities.ledger.StandingLedger;
import org.positionmanager.activities.ledger.WatchLedger;
import org.positionmanager.activities.standing.StandingTaker;
import org.positionmanager.activities.trading.AccountReads;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.BookPlanActivities;
import org.positionmanager.activities.trading.BrokerEntryActivities;
import org.positionmanager.activities.trading.BrokerExitActivities;
import org.positionmanager.activities.trading.BrokerFlattenActivities;
import org.positionmanager.activities.trading.BrokerMarketActivities;
import org.positionmanager.activities.trading.ContractExpiry;
import org.positionmanager.activities.watch.LiveInputs;
import org.positionmanager.activities.watch.LiveSights;
import org.positionmanager.activities.watch.Rehearsal;
import org.positionmanager.activities.watch.WatchAccountActivity;
import org.positionmanager.workflows.flatten.FlattenWorkflowImpl;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.position.PositionWorkflowImpl;
import org.positionmanager.workflows.sync.AccountSyncWorkflowImpl;
import org.positionmanager.workflows.watch.AccountWatchWorkflowImpl;

/**
 * What serves one account: its broker connection, its ledger connections, its task queue, and a
 * worker factory of its own, so that accounts begin and end without each other.
 */
final class AccountWorker implements AutoCloseable {
  private static final int LEDGER_CONNECTIONS = 4;

  /**
   * A workflow's code takes microseconds: what lasts longer waits for a processor, not for ever.
   */
  private static final Duration STANDSTILL_IS_NO_DEADLOCK = Duration.ofSeconds(10);

  /** Past the SDK's default of 600 cached workflows every wake would replay the whole history. */
  private static final int CACHED_WORKFLOWS = 12_000;

  /**
   * Exits wait on the broker for up to a minute, each in a slot and on a virtual thread: the SDK's
   * default of 200 would make the 201st of an account that closes everything wait for the first.
   */
  private static final int ACTIVITIES_AT_ONCE = 2_000;

  /**
   * One that has got something asks for more at once; the SDK's five for each kind of work make an
   * engine keep a thousand questions of a hundred idle accounts.
   */
  private static final int POLLERS = 2;

  /** The Temporal UI shows the build at each workflow; work goes to whatever build is there. */
  private static final WorkerDeploymentOptions SEEN_NOT_ROUTED =
      WorkerDeploymentOptions.newBuilder()
          .setVersion(new WorkerDeploymentVersion("position-manager", BuildId.current()))
          .setUseVersioning(false)
          .build();

  /** No watch beats more often; the SDK would hold beats back for most of their timeout. */
  private static final Duration LONGEST_BETWEEN_BEATS = Duration.ofSeconds(1);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final Duration TELL_WITHIN = Duration.ofMillis(500);

  /** As often as watch and schedules are looked for, which an engine may have lost, too. */
  private static final Duration LOST_FLATTENS_EVERY = Duration.ofSeconds(15);

  private final WorkerFactory factory;
  private final Runnable endPolls;
  private final LedgerDatabase ledger;
  private final AccountSync sync;
  private final SnapshotKeeper snapshots;
  private final Rounds flattens;
  private final Optional<Watch> watch;

  private AccountWorker(
      WorkerFactory factory,
      Runnable endPolls,
      LedgerDatabase ledger,
      AccountSync sync,
      SnapshotKeeper snapshots,
      Rounds flattens,
      Optional<Watch> watch) {
    this.factory = factory;
    this.endPolls = endPolls;
    this.ledger = ledger;
    this.sync = sync;
    this.snapshots = snapshots;
    this.flattens = flattens;
    this.watch = watch;
  }

  /** What can hold the account's watch here, and sees to it that somebody does. */
  private record Watch(WatchStart start, Rehearsal rehearsal, WatchAccountActivity activity)
      implements AutoCloseable {
    void begin(AccountName account) {
      start.begin(activity::isLeftHere);
      Thread.ofVirtual().name("rehearsal-" + account).start(rehearsal);
    }

    @Override
    public void close() {
      start.close();
      activity.close();
    }

    /** Once nothing runs any more. */
    void end(Duration tellWithin) {
      activity.tellTheRest(tellWithin);
    }
  }

  /**
   * Takes the account's workflows and activities from its own task queue from now on.
   *
   * @param parts shared with the other accounts of this process
   * @param inputs opened for each watch
   */
  static AccountWorker start(
      WorkerParts parts,
      AccountName account,
      AlpacaConnection connection,
      LiveInputs.Opener inputs,
      Progress progress) {
    WorkflowClient client = parts.client();
    MeterRegistry meters = parts.meters();
    String identity = client.getOptions().getIdentity();
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(CACHED_WORKFLOWS)
                .setMaxWorkflowThreadCount(2 * CACHED_WORKFLOWS)
                .setUsingVirtualWorkflowThreads(true)
                .setWorkerInterceptors(
                    progress.interceptor(),
                    new Misrouted(account, parts.alerts()::raise).interceptor())
                .build());
    Worker worker =
        factory.newWorker(
            account.taskQueue(),
            WorkerOptions.newBuilder()
                .setIdentity(identity)
                .setUsingVirtualThreads(true)
                .setMaxConcurrentActivityExecutionSize(ACTIVITIES_AT_ONCE)
                .setMaxConcurrentWorkflowTaskPollers(POLLERS)
                .setMaxConcurrentActivityTaskPollers(POLLERS)
                .setMaxHeartbeatThrottleInterval(LONGEST_BETWEEN_BEATS)
                .setDefaultDeadlockDetectionTimeout(STANDSTILL_IS_NO_DEADLOCK.toMillis())
                .setDeploymentOptions(SEEN_NOT_ROUTED)
                .build());
    LedgerDatabase ledger = parts.shared().forAccount(account, LEDGER_CONNECTIONS);
    Optional<Watch> watch = Optional.empty();
    try {
      connection.measure(account, meters);
      AccountReads reads = new AccountReads(connection.broker(), connection.marketData());
      if (parts.watched()) {
        WatchStart start = WatchStart.of(client, account);
        ContractExpiry expiries = new ContractExpiry(connection.calendar());
        WatchLedger permissions = new WatchLedger(ledger, account);
        watch =
            Optional.of(
                new Watch(
                    start,
                    new Rehearsal(account, permissions, expiries, identity),
                    new WatchAccountActivity(
                        connection.broker().forExits(),
                        expiries,
                        permissions,
                        inputs,
                        new EngineSignals(client),
                        identity,
                        ActivityScope.temporal(),
                        InstantSource.system(),
                        meters,
                        parts.underWay(),
                        start::now)));
      }
      worker.registerWorkflowImplementationTypes(
          WatchBeats.options(WatchBeats.timeout(parts.served().getAsInt())),
          PositionWorkflowImpl.class,
          AccountWatchWorkflowImpl.class,
          FlattenWorkflowImpl.class,
          AccountSyncWorkflowImpl.class);
      AccountSync sync =
          AccountSync.of(client, parts.lists(), connection, ledger, parts.sync(), meters);
      worker.registerActivitiesImplementations(
          new BrokerEntryActivities(connection.broker(), reads, connection.clock()),
          new BrokerMarketActivities(
              reads,
              connection.calendar(),
              new WatchLedger(ledger, account),
              watch.<LiveSights>map(Watch::activity).orElseGet(LiveSights::none),
              sync.reviews()),
          new BrokerExitActivities(
              connection.broker(),
              reads,
              connection.calendar(),
              ActivityScope.temporal(),
              System::nanoTime),
          new BookPlanActivities(account, parts.plans(), connection.history()),
          new PostgresLedger(ledger, account),
          new ArmedExits(ledger, account),
          sync.activities());
      worker.registerActivitiesImplementations(
          new BrokerFlattenActivities(
              connection.broker(),
              connection.marketData(),
              connection.calendar(),
              new FlattenLedger(ledger, account),
              new EnginePositions(client),
              sync.adoptionIds(),
              ActivityScope.temporal(),
              connection.budget().timeFor(BrokerFlattenActivities.REQUESTS_OF_AN_EXIT)));
      watch.map(Watch::activity).ifPresent(worker::registerActivitiesImplementations);
      SnapshotKeeper snapshots =
          new SnapshotKeeper(
              account,
              new StandingTaker(
                  connection.broker(), connection.calendar(), new StandingLedger(ledger, account)),
              InstantSource.system(),
              meters);
      factory.start();
      watch.ifPresent(it -> it.begin(account));
      sync.begin();
      snapshots.begin();
      LostFlattens lost = new LostFlattens(client, new FlattenRequests(ledger));
      Rounds flattens =
          Rounds.start(
              "flatten: account " + account,
              LOST_FLATTENS_EVERY,
              () -> lost.look(account, parts.tell()));
      return new AccountWorker(
          factory,
          () -> parts.polls().end(account.taskQueue()),
          ledger,
          sync,
          snapshots,
          flattens,
          watch);
    } catch (RuntimeException e) {
      factory.shutdownNow();
      watch.ifPresent(Watch::close);
      watch.ifPresent(it -> it.end(Duration.ZERO));
      ledger.close();
      throw e;
    }
  }

  /** Stops taking work, lets what runs end within 5 s, then closes everything. */
  @Override
  public void close() {
    // first no more work, or the watch that is given up would be taken again here
    factory.suspendPolling();
    endPolls.run();
    watch.ifPresent(Watch::close);
    factory.shutdown();
    flattens.close();
    sync.close();
    snapshots.close();
    factory.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    factory.shutdownNow();
    watch.ifPresent(it -> it.end(TELL_WITHIN));
    ledger.close();
  }
}
