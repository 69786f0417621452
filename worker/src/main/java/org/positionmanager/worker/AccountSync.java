package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.positionmanager.activities.alert.Rounds;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.ledger.ArmedExits;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresLedger;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.activities.sync.AccountSides;
import org.positionmanager.activities.sync.AccountSyncActivities;
import org.positionmanager.activities.sync.BrokerAdoptionIds;
import org.positionmanager.activities.sync.ReviewNotes;
import org.positionmanager.activities.trading.AdoptionIds;
import org.positionmanager.activities.trading.ReviewLog;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.sync.SyncRules;

/** One account's sync in a worker: its activities, its schedule, and the proof of coverage. */
final class AccountSync implements AutoCloseable {
  /** Between two tries to have the schedule where the engine does not answer. */
  private static final Duration SCHEDULED_ANEW_AFTER = Duration.ofSeconds(5);

  /** Between two looks whether the schedule is still there: an engine may lose all it had. */
  private static final Duration KEPT_EVERY = Duration.ofSeconds(15);

  /** Every five minutes. */
  private static final int ASKED_EACH = 20;

  private final WorkflowClient client;
  private final EngineLists lists;
  private final Broker broker;
  private final Duration every;
  private final SyncLedger ledger;
  private final ReviewNotes reviews;
  private final AccountSyncActivities activities;
  private final AdoptionIds adoptionIds;
  private final CoverageKeeper coverage;
  private int looks;
  private List<Rounds> scheduling = List.of();

  private AccountSync(
      WorkflowClient client,
      EngineLists lists,
      AlpacaConnection connection,
      LedgerDatabase database,
      Configuration.Sync sync,
      MeterRegistry meters) {
    this.client = client;
    this.lists = lists;
    lists.join(connection.broker().name());
    broker = connection.broker();
    every = sync.every();
    InstantSource clock = InstantSource.system();
    EngineOfSync engine = new EngineOfSync(client);
    ledger = new SyncLedger(database, broker.name(), clock);
    AccountSides sides = new AccountSides(broker, connection.clock(), ledger, engine, clock);
    AccountSides often =
        new AccountSides(
            broker, connection.clock(), ledger, new EngineOfSync(client, lists::running), clock);
    activities =
        new AccountSyncActivities(
            sides,
            broker,
            connection.clock(),
            ledger,
            new PostgresLedger(database, broker.name()),
            new ArmedExits(database, broker.name()),
            engine,
            new SyncRules(sync.adoptAfter(), sync.adopt()));
    adoptionIds = new BrokerAdoptionIds(broker.forExits(), connection.clock());
    reviews = new ReviewNotes(clock);
    coverage =
        new CoverageKeeper(
            broker.name(), often, ledger, reviews, connection.calendar(), clock, meters);
  }

  static AccountSync of(
      WorkflowClient client,
      EngineLists lists,
      AlpacaConnection connection,
      LedgerDatabase database,
      Configuration.Sync sync,
      MeterRegistry meters) {
    return new AccountSync(client, lists, connection, database, sync, meters);
  }

  AccountSyncActivities activities() {
    return activities;
  }

  /** Where reviews are noted. */
  ReviewLog reviews() {
    return reviews;
  }

  /** Under which ids holdings are adopted, whoever adopts them. */
  AdoptionIds adoptionIds() {
    return adoptionIds;
  }

  /**
   * Once the worker takes work: what is scheduled finds somebody to do it. Waits for nothing: an
   * engine that does not answer keeps no account from being protected.
   */
  void begin() {
    SyncSchedule schedule = new SyncSchedule(client, broker.name());
    scheduling =
        List.of(
            Rounds.untilDone(
                "sync schedule: account " + broker.name(),
                SCHEDULED_ANEW_AFTER,
                () -> schedule.ensure(every)),
            Rounds.start(
                "sync schedule kept: account " + broker.name(), KEPT_EVERY, () -> keep(schedule)));
    coverage.begin();
  }

  /**
   * An account that people take out of use meanwhile is not compared any more. A list may go on
   * having what is gone, so the engine is asked for the schedule itself now and then.
   */
  private void keep(SyncSchedule schedule) {
    boolean isAsked = looks++ % ASKED_EACH == 0;
    if (ledger.isInUse() && (isAsked || !lists.hasSchedule(broker.name()))) {
      schedule.keep(every);
    }
  }

  @Override
  public void close() {
    scheduling.forEach(Rounds::close);
    coverage.close();
    lists.leave(broker.name());
  }
}
