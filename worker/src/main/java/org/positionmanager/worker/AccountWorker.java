package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import org.positionmanager.activities.alpaca.AlpacaConnection;
import org.positionmanager.activities.alpaca.AlpacaSettings;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresLedger;
import org.positionmanager.activities.trading.AccountReads;
import org.positionmanager.activities.trading.ActivityScope;
import org.positionmanager.activities.trading.BrokerEntryActivities;
import org.positionmanager.activities.trading.BrokerExitActivities;
import org.positionmanager.activities.trading.BrokerMarketActivities;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.position.PositionWorkflowImpl;

/** What serves one account: its broker connection, its ledger connections, its task queue. */
final class AccountWorker implements AutoCloseable {
  private static final int LEDGER_CONNECTIONS = 4;

  private final LedgerDatabase ledger;

  private AccountWorker(LedgerDatabase ledger) {
    this.ledger = ledger;
  }

  /**
   * Checks that the key opens the registered account.
   *
   * @throws WorkerException naming the account and the fix where it does not
   */
  static AlpacaConnection connect(
      Configuration.Served account, Configuration.Broker broker, MeterRegistry meters)
      throws WorkerException {
    AlpacaConnection connection = AlpacaConnection.open(settings(account, broker), meters);
    String number;
    try {
      number = connection.broker().account().number();
    } catch (BrokerException e) {
      throw new WorkerException(
          "account %s: the broker cannot be asked who the key belongs to (%s); check the key and the"
                  .formatted(account.name(), e.getMessage())
              + " connection");
    }
    if (!number.equals(account.brokerAccountNumber())) {
      throw new WorkerException(
          "account %s: the key belongs to broker account %s, not to brokerAccountNumber %s; give this"
                  .formatted(account.name(), number, account.brokerAccountNumber())
              + " account its own key");
    }
    return connection;
  }

  private static AlpacaSettings settings(
      Configuration.Served account, Configuration.Broker broker) {
    Configuration.Credentials credentials = account.credentials();
    AlpacaSettings paper =
        AlpacaSettings.paper(account.name(), credentials.keyId(), credentials.secret());
    return new AlpacaSettings(
        account.name(),
        credentials.keyId(),
        credentials.secret(),
        account.live(),
        broker.tradingUrl(),
        broker.dataUrl(),
        broker.stockFeed(),
        broker.optionFeed(),
        paper.connectTimeout(),
        paper.callTimeout(),
        broker.requestsPerMinute(),
        paper.speed());
  }

  /** Registers the account's workflows and activities on its own task queue. */
  static AccountWorker register(
      WorkerFactory factory,
      WorkflowClient client,
      Configuration.Served account,
      AlpacaConnection connection,
      LedgerDatabase.Address ledgerAddress) {
    Worker worker =
        factory.newWorker(
            account.name().taskQueue(),
            WorkerOptions.newBuilder()
                .setIdentity(client.getOptions().getIdentity())
                .setUsingVirtualThreads(true)
                .build());
    LedgerDatabase ledger =
        LedgerDatabase.forAccount(ledgerAddress, LEDGER_CONNECTIONS, account.name());
    AccountReads reads = new AccountReads(connection.broker(), connection.marketData());
    worker.registerWorkflowImplementationTypes(PositionWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        new BrokerEntryActivities(connection.broker(), reads, connection.clock()),
        new BrokerMarketActivities(reads, connection.calendar()),
        new BrokerExitActivities(
            connection.broker(),
            reads,
            connection.calendar(),
            ActivityScope.temporal(),
            System::nanoTime),
        new PostgresLedger(ledger, account.name()));
    return new AccountWorker(ledger);
  }

  @Override
  public void close() {
    ledger.close();
  }
}
