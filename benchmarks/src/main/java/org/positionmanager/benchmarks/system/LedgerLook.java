package org.positionmanager.benchmarks.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.watch.AccountWatch;

/** What the ledger says, asked over one connection that is kept. */
final class LedgerLook implements AutoCloseable {
  private final Connection connection;

  private LedgerLook(Connection connection) {
    this.connection = connection;
  }

  static LedgerLook at(LedgerDatabase.Address ledger) throws SQLException {
    return new LedgerLook(
        DriverManager.getConnection(ledger.jdbcUrl(), ledger.user(), ledger.password()));
  }

  /** Whether a position is armed and its watch has said that it goes by that. */
  boolean isArmed(UUID execution) throws SQLException {
    return count(
            "select count(*) from pm.armed_exits where armed and acknowledged >= arming"
                + " and execution_id = ?",
            execution)
        > 0;
  }

  /** Whether a position's life is over in the ledger. */
  boolean isClosed(UUID execution) throws SQLException {
    return count(
            "select count(*) from pm.positions where phase = 'CLOSED' and execution_id = ?",
            execution)
        > 0;
  }

  /** Positions of a group, by the first letter of its accounts, that are armed and acknowledged. */
  long armed(String prefix) throws SQLException {
    return count(
        "select count(*) from pm.armed_exits join pm.positions using (account, symbol, execution_id)"
            + " where armed and acknowledged >= arming and phase = 'PROTECTED'"
            + " and account like ? || '%'",
        prefix);
  }

  /** Positions of a group in a phase. */
  long inPhase(String prefix, String phase) throws SQLException {
    return count(
        "select count(*) from pm.positions where account like ? || '%' and phase = ?",
        prefix, phase);
  }

  /**
   * Open positions of a group that the holder of their account's watch has vouched for after a
   * moment: it judges them and can act. When it last <em>saw everything</em> of them is another
   * matter, since what nobody watched is read from minute bars a minute or two later.
   *
   * @param moment by the ledger's clock
   */
  long watchedSince(String prefix, Instant moment) throws SQLException {
    return count(
        "select count(*) from pm.armed_exits join pm.positions using (account, symbol, execution_id)"
            + " join pm.watches using (account)"
            + " where armed and acknowledged >= arming and phase = 'PROTECTED'"
            + " and account like ? || '%'"
            + " and fresh_until > greatest(?, since) + make_interval(secs => ?)",
        prefix, Timestamp.from(moment), (double) AccountWatch.VOUCHED_FOR.toSeconds());
  }

  /** The last events of a holding's position, the oldest first. */
  String story(Holding holding, int events) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select string_agg(type || ' ' || to_char(recorded_at, 'MI:SS.MS') || ' ' || text, '; '"
                + " order by recorded_at, sequence) from (select * from pm.position_events"
                + " where account = ? and symbol = ? order by sequence desc limit ?) last")) {
      statement.setString(1, holding.account());
      statement.setString(2, holding.symbol());
      statement.setInt(3, events);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return Optional.ofNullable(rows.getString(1)).orElse("no events");
      }
    }
  }

  /** Now, by the ledger's clock. */
  Instant now() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select now()");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getTimestamp(1).toInstant();
    }
  }

  /** Who holds an account's watch. */
  Optional<String> holder(String account) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select holder from pm.watches where account = ?")) {
      statement.setString(1, account);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  /** How many accounts' watches are held by a process. */
  long watchesHeldBy(long process) throws SQLException {
    return count(
        "select count(*) from pm.watches where holder like '%@' || ? || '@%'",
        Long.toString(process));
  }

  private long count(String query, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
