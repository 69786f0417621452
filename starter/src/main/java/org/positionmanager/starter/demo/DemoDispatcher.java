package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;

/**
 * The dispatchers of the demo: order at the broker, write rows, and write them again. What has been
 * done is kept in the same database, so that a demo that was killed goes on with what is left.
 */
final class DemoDispatcher {
  /** How often each row is delivered in all. */
  static final int DELIVERIES = 3;

  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(20);

  /** And so much longer for each row. */
  private static final Duration FOR_EACH_ROW = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Where something takes longer. */
  static final Duration TELL_EVERY = Duration.ofSeconds(10);

  private final LedgerDatabase.Address ledger;
  private final DemoCast cast;

  private DemoDispatcher(LedgerDatabase.Address ledger, DemoCast cast) {
    this.ledger = ledger;
    this.cast = cast;
  }

  /** Makes the table in which it keeps what it has done, where that is missing. */
  static DemoDispatcher on(LedgerDatabase.Address ledger, DemoCast cast) throws SQLException {
    DemoDispatcher dispatcher = new DemoDispatcher(ledger, cast);
    try (Connection connection = dispatcher.connect();
        var statement = connection.createStatement()) {
      statement.execute("create schema if not exists demo");
      statement.execute(
          "create table if not exists demo.deliveries (delivery int primary key, rows int not null)");
    }
    return dispatcher;
  }

  /** How many deliveries of all rows are done. */
  int deliveries() throws SQLException {
    try (Connection connection = connect()) {
      return number(connection, "select count(*) from demo.deliveries");
    }
  }

  /** How many rows have been delivered, each as often as it was. */
  int delivered() throws SQLException {
    try (Connection connection = connect()) {
      return number(connection, "select coalesce(sum(rows), 0) from demo.deliveries");
    }
  }

  /** Orders every execution and writes its row; does again only what is not done. */
  void openAll(SimulatorAdmin exchange) throws IOException, SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      Map<String, String> ordered = ordered(exchange);
      for (DemoScript.Execution execution : cast.executions()) {
        String known = ordered.get(clientOrderId(execution));
        String order = known == null ? order(exchange, execution) : known;
        insert(connection, execution, order, exchange.now());
      }
      insertBad(connection);
      note(connection, 1, cast.executions().size());
      connection.commit();
    }
  }

  private static String clientOrderId(DemoScript.Execution execution) {
    return "dispatcher-" + execution.id();
  }

  /** Ids of the orders that are there already, by their client order ids. */
  private static Map<String, String> ordered(SimulatorAdmin exchange) throws IOException {
    Map<String, String> ordered = new HashMap<>();
    for (JsonNode account : exchange.state().path("accounts")) {
      for (JsonNode order : account.path("orders")) {
        ordered.put(order.path("client_order_id").asText(), order.path("id").asText());
      }
    }
    return ordered;
  }

  private static String order(SimulatorAdmin exchange, DemoScript.Execution execution)
      throws IOException {
    Map<String, Object> order =
        Map.of(
            "account",
            execution.account(),
            "symbol",
            execution.symbol(),
            "qty",
            "" + execution.quantity(),
            "side",
            "buy",
            "type",
            "market",
            "time_in_force",
            "day",
            "client_order_id",
            clientOrderId(execution));
    return exchange.order(order).path("id").asText();
  }

  private void insert(
      Connection connection, DemoScript.Execution execution, String orderId, Instant at)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into dispatch_executions (execution_id, ticker, action, instrument_type,
              strategy_type, option_symbol, contracts, qty, max_hold_minutes, execution_mode,
              executed_at, account_name, sim_json)
            values (?, ?, 'BUY', ?, ?, ?, ?, ?, ?, 'ALPACA_PAPER', ?, ?, cast(? as jsonb))
            on conflict do nothing
            """)) {
      Instrument instrument = Instrument.parse(execution.symbol());
      boolean option = instrument instanceof OptionContract;
      statement.setObject(1, execution.id());
      statement.setString(2, instrument.underlying());
      statement.setString(
          3, instrument instanceof OptionContract contract ? contract.right().name() : "STOCK");
      statement.setString(4, execution.strategy());
      statement.setString(5, option ? instrument.symbol() : null);
      statement.setObject(6, option ? execution.quantity() : null);
      statement.setObject(7, option ? null : execution.quantity());
      statement.setInt(8, execution.maxHold());
      statement.setTimestamp(9, Timestamp.from(at));
      statement.setString(10, cast.account(execution.account()).calledByDispatchers());
      statement.setString(11, "{\"broker_order_id\": \"" + orderId + "\"}");
      statement.executeUpdate();
    }
  }

  /** A row of an account that nobody registered, one without its contract, one not meant for us. */
  private static void insertBad(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into dispatch_executions (execution_id, ticker, instrument_type, strategy_type,
              option_symbol, contracts, execution_mode, account_name)
            values (?, 'NOW', 'PUT', 'swing_trade', 'NOW260220P00110000', 1, 'ALPACA_PAPER',
                'medium'),
              (?, 'NOW', 'PUT', 'swing_trade', null, 1, 'ALPACA_PAPER', 'large'),
              (?, 'NOW', 'STOCK', 'stock', null, 1, 'SIMULATED', 'large')
            on conflict do nothing
            """)) {
      for (int i = 1; i <= 3; i++) {
        statement.setObject(i, new UUID(1, i));
      }
      statement.executeUpdate();
    }
  }

  /**
   * As if the intake had never seen the rows: forgets its marks and announces them again.
   *
   * @param tell hears how far the intake has come, where that takes long
   */
  void deliverAgain(Consumer<String> tell) throws SQLException, InterruptedException {
    try (Connection connection = connect()) {
      awaitTaken(connection, tell);
      connection.setAutoCommit(false);
      int delivery = number(connection, "select count(*) from demo.deliveries") + 1;
      try (var statement = connection.createStatement()) {
        int rows = statement.executeUpdate("delete from pm.intake_marks where outcome = 'TAKEN'");
        statement.execute("notify pm_executions");
        note(connection, delivery, rows);
      }
      connection.commit();
    }
  }

  private void awaitTaken(Connection connection, Consumer<String> tell)
      throws SQLException, InterruptedException {
    int rows = cast.executions().size();
    Duration within = TAKEN_WITHIN.plus(FOR_EACH_ROW.multipliedBy(rows));
    long deadline = System.nanoTime() + within.toNanos();
    long tellAt = System.nanoTime() + TELL_EVERY.toNanos();
    int taken = taken(connection);
    while (taken < rows) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the intake took in %d of %d rows within %d s; see intake.log"
                .formatted(taken, rows, within.toSeconds()));
      }
      if (System.nanoTime() >= tellAt) {
        tell.accept("%d of %d rows taken in".formatted(taken, rows));
        tellAt += TELL_EVERY.toNanos();
      }
      Thread.sleep(LOOK_EVERY);
      taken = taken(connection);
    }
  }

  private static int taken(Connection connection) throws SQLException {
    return number(connection, "select count(*) from pm.intake_marks where outcome = 'TAKEN'");
  }

  private static void note(Connection connection, int delivery, int rows) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into demo.deliveries (delivery, rows) values (?, ?)")) {
      statement.setInt(1, delivery);
      statement.setInt(2, rows);
      statement.executeUpdate();
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(ledger.jdbcUrl(), ledger.user(), ledger.password());
  }
}
