package org.positionmanager.starter.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionWorkflow;

/** Plays the dispatchers and a person, tells what happens, and compares at the end of the day. */
final class DemoDay {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(20);

  /** Cheap contracts below their entries all day: no flutter of theirs beats the spread. */
  private static final List<String> BY_HAND = List.of("XOM260320C00120000", "KO260320C00070000");

  private final DemoDesk desk;
  private final Consumer<String> tell;
  private final LedgerReader reader;
  private final Map<String, Phase> told = new HashMap<>();
  private int delivered;

  DemoDay(DemoDesk desk, Consumer<String> tell) {
    this.desk = desk;
    this.tell = tell;
    reader = new LedgerReader(desk.ledger());
  }

  /** Runs the whole day. */
  DemoReport run() throws Exception {
    awaitExchange(DemoScript.OPEN.plus(Duration.ofMinutes(2)));
    openAll();
    awaitExchange(DemoScript.OPEN.plus(Duration.ofMinutes(90)));
    closeByHand("large");
    signalClose("tiny");
    awaitExchange(DemoScript.CLOSE.minus(Duration.ofMinutes(1)));
    return settled();
  }

  private void openAll() throws Exception {
    try (Connection connection = connect()) {
      for (DemoScript.Execution execution : DemoScript.executions()) {
        JsonNode order = order(execution);
        insert(connection, execution, execution.account(), order.path("id").asText());
        delivered++;
      }
      insertBad(connection);
      for (int again = 0; again < 2; again++) {
        deliverAgain(connection);
      }
    }
    tell.accept(
        DemoScript.executions().size() + " executions opened, each row delivered three times");
  }

  private JsonNode order(DemoScript.Execution execution) throws IOException {
    return desk.simulator()
        .order(
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
                "dispatcher-" + execution.id()));
  }

  private void insert(
      Connection connection, DemoScript.Execution execution, String account, String orderId)
      throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into dispatch_executions (execution_id, ticker, action, instrument_type,
              strategy_type, option_symbol, contracts, qty, max_hold_minutes, execution_mode,
              executed_at, account_name, sim_json)
            values (?, ?, 'BUY', ?, ?, ?, ?, ?, ?, 'ALPACA_PAPER', ?, ?, cast(? as jsonb))
            """)) {
      String symbol = execution.symbol();
      Instrument instrument = Instrument.parse(symbol);
      boolean put = symbol.length() > 12 && symbol.charAt(symbol.length() - 9) == 'P';
      statement.setObject(1, execution.id());
      statement.setString(2, instrument.underlying());
      statement.setString(3, execution.isOption() ? (put ? "PUT" : "CALL") : "STOCK");
      statement.setString(4, execution.strategy());
      statement.setString(5, execution.isOption() ? symbol : null);
      statement.setObject(6, execution.isOption() ? execution.quantity() : null);
      statement.setObject(7, execution.isOption() ? null : execution.quantity());
      statement.setInt(8, execution.maxHold());
      statement.setTimestamp(9, Timestamp.from(desk.simulator().now()));
      statement.setString(10, account.equals("large") ? "large-100k" : account);
      statement.setString(11, "{\"broker_order_id\": \"" + orderId + "\"}");
      statement.executeUpdate();
    }
  }

  /** A row of an account that nobody registered, and one without its contract. */
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
            """)) {
      for (int i = 1; i <= 3; i++) {
        statement.setObject(i, new UUID(1, i));
      }
      statement.executeUpdate();
    }
  }

  /** As if the intake had never seen the rows: forgets its marks and announces them again. */
  private void deliverAgain(Connection connection) throws Exception {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    while (count(connection, "select count(*) from pm.intake_marks where outcome = 'TAKEN'")
            < DemoScript.executions().size()
        && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY);
    }
    try (var statement = connection.createStatement()) {
      delivered += statement.executeUpdate("delete from pm.intake_marks where outcome = 'TAKEN'");
      statement.execute("notify pm_executions");
    }
  }

  private static int count(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void closeByHand(String account) {
    PositionId id = anyProtected(account);
    workflow(id)
        .close(
            new CloseCommand(
                "demo-close", Optional.empty(), "demo", Optional.of("closed by hand")));
    tell.accept("a person closed " + id.instrument() + " in " + account + " by command");
  }

  private void signalClose(String account) {
    PositionId id = anyProtected(account);
    WorkflowStub.fromTyped(workflow(id)).signal("requestClose");
    tell.accept("a person closes " + id.instrument() + " in " + account + " by signal");
  }

  /** The position without a gain that is least likely to be closed by a rule this moment. */
  private PositionId anyProtected(String account) {
    return reader.positions(false).stream()
        .filter(row -> row.phase() == Phase.PROTECTED)
        .map(LedgerReader.Row::id)
        .filter(id -> id.account().value().equals(account))
        .filter(id -> BY_HAND.contains(id.instrument().symbol()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing is left to close in " + account));
  }

  private PositionWorkflow workflow(PositionId id) {
    return desk.client().newWorkflowStub(PositionWorkflow.class, id.workflowId());
  }

  private void awaitExchange(Instant moment) throws Exception {
    while (desk.simulator().now().isBefore(moment)) {
      Thread.sleep(LOOK_EVERY);
      tellNews();
    }
  }

  private void tellNews() {
    for (LedgerReader.Row row : reader.positions(true)) {
      Phase before = told.put(row.id().toString(), row.phase());
      if (before != row.phase()) {
        tell.accept(
            "%-5s %-20s %-14s %s %s"
                .formatted(
                    row.id().account(),
                    row.id().instrument(),
                    row.phase(),
                    row.reason().map(Enum::name).orElse(""),
                    row.phase() == Phase.CLOSED ? row.realised() : "")
                .stripTrailing());
      }
    }
  }

  /** Waits until nothing is on its way any more, then compares. */
  private DemoReport settled() throws Exception {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    DemoReport report = compare();
    while (!report.agrees() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY);
      tellNews();
      report = compare();
    }
    return report;
  }

  private DemoReport compare() throws Exception {
    List<LedgerReader.Row> rows = reader.positions(true);
    Map<String, BigDecimal> ledger = new TreeMap<>();
    for (LedgerReader.Row row : rows) {
      if (!row.held().isZero()) {
        ledger.merge(
            row.id().account() + "/" + row.id().instrument(), row.held().value(), BigDecimal::add);
      }
    }
    JsonNode accounts = desk.simulator().state().path("accounts");
    Map<String, BigDecimal> broker = new TreeMap<>();
    int filled = 0;
    int crossed = 0;
    for (Map.Entry<String, JsonNode> account : accounts.properties()) {
      for (Map.Entry<String, JsonNode> held : account.getValue().path("positions").properties()) {
        broker.put(
            account.getKey() + "/" + held.getKey(), new BigDecimal(held.getValue().asText()));
      }
      for (JsonNode order : account.getValue().path("orders")) {
        Optional<ClientOrderId> ours = ClientOrderId.ifOurs(order.path("client_order_id").asText());
        if (ours.isPresent()) {
          filled += order.path("status").asText().equals("filled") ? 1 : 0;
          crossed += isOf(rows, ours.get(), account.getKey()) ? 0 : 1;
        }
      }
    }
    List<String> running =
        desk.client()
            .listExecutions("WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running'")
            .map(it -> it.getExecution().getWorkflowId())
            .collect(Collectors.toList());
    List<LedgerReader.Row> open = rows.stream().filter(row -> !row.phase().isFinal()).toList();
    int unprotected =
        (int) open.stream().filter(row -> !running.contains(row.id().workflowId())).count();
    int started = (int) desk.client().listExecutions("WorkflowType = 'PositionWorkflow'").count();
    return new DemoReport(
        DemoScript.executions().size(),
        started,
        delivered - started,
        reader.quarantined(),
        open.size(),
        rows.size() - open.size(),
        reader.exits(""),
        filled,
        unprotected,
        crossed,
        ledger.equals(normal(broker)) && running.size() == open.size());
  }

  private static Map<String, BigDecimal> normal(Map<String, BigDecimal> quantities) {
    Map<String, BigDecimal> normal = new TreeMap<>();
    quantities.forEach((key, value) -> normal.put(key, new BigDecimal(value.toPlainString())));
    return normal;
  }

  private static boolean isOf(List<LedgerReader.Row> rows, ClientOrderId id, String account) {
    return rows.stream()
        .anyMatch(row -> id.belongsTo(row.id()) && row.id().account().value().equals(account));
  }

  private Connection connect() throws SQLException {
    LedgerDatabase.Address address = desk.ledgerAddress();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }
}
