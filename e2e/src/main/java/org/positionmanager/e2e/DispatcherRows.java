package org.positionmanager.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.OptionContract;

/** Rows as dispatchers write them. */
final class DispatcherRows {
  private DispatcherRows() {}

  static void insert(
      LedgerDatabase.Address ledger, PositionId id, int quantity, String order, Instant at)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(ledger.jdbcUrl(), ledger.user(), ledger.password());
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into dispatch_executions (execution_id, ticker, instrument_type,
                  strategy_type, option_symbol, contracts, qty, execution_mode, executed_at,
                  account_name, broker_order_id)
                values (?, ?, ?, 'swing_trade', ?, ?, ?, 'ALPACA_PAPER', ?, ?, ?)
                """)) {
      boolean option = id.instrument() instanceof OptionContract;
      statement.setObject(1, id.execution());
      statement.setString(2, id.instrument().underlying());
      statement.setString(
          3,
          id.instrument() instanceof OptionContract contract ? contract.right().name() : "STOCK");
      statement.setString(4, option ? id.instrument().symbol() : null);
      statement.setObject(5, option ? quantity : null);
      statement.setObject(6, option ? null : quantity);
      statement.setTimestamp(7, Timestamp.from(at));
      statement.setString(8, id.account().value());
      statement.setString(9, order);
      statement.executeUpdate();
    }
  }
}
