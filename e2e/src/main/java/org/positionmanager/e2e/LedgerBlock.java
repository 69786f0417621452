package org.positionmanager.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.workflows.identity.PositionId;

/** Holds a lock on one of the ledger's tables, so that whoever writes it stands still. */
public final class LedgerBlock implements AutoCloseable {
  private final Connection holder;
  private final Connection looker;
  private final String table;

  private LedgerBlock(Connection holder, Connection looker, String table) {
    this.holder = holder;
    this.looker = looker;
    this.table = table;
  }

  static LedgerBlock of(LedgerDatabase.Address ledger, String table) throws SQLException {
    Connection holder = connect(ledger);
    holder.setAutoCommit(false);
    try (var statement = holder.createStatement()) {
      statement.execute("lock table pm." + table + " in exclusive mode");
    }
    return new LedgerBlock(holder, connect(ledger), table);
  }

  /** Whether somebody waits to write. */
  public boolean isWaitedFor() throws SQLException {
    try (PreparedStatement statement =
        looker.prepareStatement(
            "select count(*) from pg_locks where not granted and relation = cast(? as regclass)")) {
      statement.setString(1, "pm." + table);
      return count(statement) > 0;
    }
  }

  static int historyRowsOf(LedgerDatabase.Address ledger, PositionId id) throws SQLException {
    try (Connection connection = connect(ledger);
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from pm.position_history where execution_id = ?")) {
      statement.setObject(1, id.execution());
      return count(statement);
    }
  }

  static Instant watchedSince(LedgerDatabase.Address ledger, String account) throws SQLException {
    try (Connection connection = connect(ledger);
        PreparedStatement statement =
            connection.prepareStatement("select since from pm.watches where account = ?")) {
      statement.setString(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getTimestamp(1).toInstant();
      }
    }
  }

  static void execute(LedgerDatabase.Address ledger, String change) throws SQLException {
    try (Connection connection = connect(ledger);
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  private static int count(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Connection connect(LedgerDatabase.Address ledger) throws SQLException {
    return DriverManager.getConnection(ledger.jdbcUrl(), ledger.user(), ledger.password());
  }

  @Override
  public void close() throws SQLException {
    holder.rollback();
    holder.close();
    looker.close();
  }
}
