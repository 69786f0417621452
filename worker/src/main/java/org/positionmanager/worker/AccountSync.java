package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.ledger.ArmedExits;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresLedger;
import org.positionmanager.activities.ledger.SyncLedger;
import org.positionmanager.activities.sync.AccountSides;
import org.positionmanager.activities.sync.AccountSyncActivities;
import org.positionmanager.activities.sync.ReviewNotes;
import org.positionmanager.activities.trading.ReviewLog;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.sync.SyncRules;

/** One account's sync in a worker: its activities, its schedule, and the proof of coverage. */
final class AccountSync implements AutoCloseable {
  private final WorkflowClient client;
  private final Broker broker;
  private final Duration every;
  private final ReviewNotes reviews;
  private final AccountSyncActivities activities;
  private final CoverageKeeper coverage;

  private AccountSync(
      WorkflowClient client,
      AlpacaConnection connection,
      LedgerDatabase database,
      Configuration.Sync sync,
      MeterRegistry meters) {
    this.client = client;
    broker = connection.broker();
    every = sync.every();
    InstantSource clock = InstantSource.system();
    EngineOfSync engine = new EngineOfSync(client);
    SyncLedger ledger = new SyncLedger(database, broker.name(), clock);
    AccountSides sides = new AccountSides(broker, connection.clock(), ledger, engine, clock);
    activities =
        new AccountSyncActivities(
            sides,
            broker,
            connection.clock(),
            ledger,
            new PostgresLedger(database, broker.name()),
            new ArmedExits(database, broker.name()),
            engine,
            new SyncRules(sync.adoptAfter()));
    reviews = new ReviewNotes(clock);
    coverage =
        new CoverageKeeper(
            broker.name(), sides, ledger, reviews, connection.calendar(), clock, meters);
  }

  static AccountSync of(
      WorkflowClient client,
      AlpacaConnection connection,
      LedgerDatabase database,
      Configuration.Sync sync,
      MeterRegistry meters) {
    return new AccountSync(client, connection, database, sync, meters);
  }

  AccountSyncActivities activities() {
    return activities;
  }

  /** Where reviews are noted. */
  ReviewLog reviews() {
    return reviews;
  }

  /** Once the worker takes work: what is scheduled finds somebody to do it. */
  void begin() {
    new SyncSchedule(client, broker.name()).ensure(every);
    coverage.begin();
  }

  @Override
  public void close() {
    coverage.close();
  }
}
