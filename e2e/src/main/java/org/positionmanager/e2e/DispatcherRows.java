package org.positionmanager.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.OptionContract;

/** Rows as dispatchers write them. */
public final class DispatcherRows {
  private static final String INSERT =
      """
      insert into dispatch_executions (execution_id, ticker, instrument_type,
        strategy_type, option_symbol, contracts, qty, execution_mode, executed_at,
        account_name, broker_order_id)
      values (?, ?, ?, 'swing_trade', ?, ?, ?, 'ALPACA_PAPER', ?, ?, ?)
      """;

  private DispatcherRows() {}

  /**
   * One row.
   *
   * @param order the entry order's id at the broker
   * @param at exchange time of the execution
   */
  public record Row(PositionId id, int quantity, String order, Instant at) {}

  static void insert(
      LedgerDatabase.Address ledger, PositionId id, int quantity, String order, Instant at)
      throws SQLException {
    insert(ledger, List.of(new Row(id, quantity, order, at)));
  }

  /** All in one transaction. */
  public static void insert(LedgerDatabase.Address ledger, List<Row> rows) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(ledger.jdbcUrl(), ledger.user(), ledger.password());
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      for (Row row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  private static void bind(PreparedStatement statement, Row row) throws SQLException {
    PositionId id = row.id();
    boolean option = id.instrument() instanceof OptionContract;
    statement.setObject(1, id.execution());
    statement.setString(2, id.instrument().underlying());
    statement.setString(
        3, id.instrument() instanceof OptionContract contract ? contract.right().name() : "STOCK");
    statement.setString(4, option ? id.instrument().symbol() : null);
    statement.setObject(5, option ? row.quantity() : null);
    statement.setObject(6, option ? null : row.quantity());
    statement.setTimestamp(7, Timestamp.from(row.at()));
    statement.setString(8, id.account().value());
    statement.setString(9, row.order());
  }
}
