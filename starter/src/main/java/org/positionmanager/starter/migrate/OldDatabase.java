package org.positionmanager.starter.migrate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.starter.CommandException;

/**
 * The replaced system's database, as it was at one moment: one transaction that can write nothing.
 * Rows are streamed, so that memory does not depend on how many there are.
 */
final class OldDatabase implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 2_000;

  private final Connection connection;
  private final Map<OldTable, Set<String>> columns = new EnumMap<>(OldTable.class);

  private OldDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Hears of rows. */
  interface RowListener {
    /**
     * One row.
     *
     * @param id its key as text
     * @param content the whole row as a JSON object
     */
    void row(String id, String content) throws SQLException;
  }

  /**
   * Opens it and looks whether it has the tables.
   *
   * @param url {@code jdbc:postgresql://host:port/database}, without a password
   * @throws CommandException where it does not answer, or is not the old layout: naming every table
   *     and column that is missing
   */
  static OldDatabase open(String url, String user, String password) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "position-manager migrate-from");
    Connection connection;
    try {
      connection = DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "the old database does not answer: "
              + e.getMessage()
              + "; check --url, --user and the password",
          e);
    }
    OldDatabase database = new OldDatabase(connection);
    try {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      database.readLayout();
      return database;
    } catch (SQLException e) {
      database.close();
      throw CommandException.refused("the old database cannot be read: " + e.getMessage(), e);
    } catch (CommandException e) {
      database.close();
      throw e;
    }
  }

  private void readLayout() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                select table_name, column_name from information_schema.columns
                where table_schema = 'public'
                """)) {
      while (found.next()) {
        for (OldTable table : OldTable.values()) {
          if (table.table().equals(found.getString(1))) {
            columns.computeIfAbsent(table, it -> new HashSet<>()).add(found.getString(2));
          }
        }
      }
    }
    OldLayout.check(columns);
  }

  /** Whether a table has a column that may be missing. */
  boolean has(OldTable table, String column) {
    return columns.get(table).contains(column);
  }

  /** The database's own clock. */
  Instant now() throws SQLException {
    return one("select now()", row -> row.getTimestamp(1).toInstant()).orElseThrow();
  }

  /**
   * A name for it that does not depend on how it is reached: the database's, and the number that
   * its server was given when it was set up.
   *
   * @throws CommandException where the user may not read it
   */
  String identity() throws SQLException {
    try {
      return one(
              "select current_database() || '@' || system_identifier from pg_control_system()",
              row -> row.getString(1))
          .orElseThrow();
    } catch (SQLException e) {
      throw CommandException.refused(
          "the old server does not tell its identity (%s); give this database a name that stays the same: --source NAME"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Whether it is where the ledger's tables are, however either of them is reached. */
  boolean isThatOf(MigratedRows ledger) throws SQLException {
    return one(MigratedRows.WHERE, row -> row.getString(1)).equals(Optional.of(ledger.where()));
  }

  /** How a single value is read. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** The first row of an answer; empty where there is none. */
  <T> Optional<T> one(String query, Reading<T> reading) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.ofNullable(reading.of(row)) : Optional.empty();
    }
  }

  /** How many rows a table has. */
  long count(OldTable table) throws SQLException {
    return one("select count(*) from public." + table.table(), row -> row.getLong(1)).orElseThrow();
  }

  /** All rows of a table, by their keys. */
  void read(OldTable table, RowListener listener) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select t.%s::text, row_to_json(t)::text from public.%s t order by t.%s"
                .formatted(table.key(), table.table(), table.key()))) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          listener.row(String.valueOf(rows.getString(1)), rows.getString(2));
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // nothing was written, so that nothing is lost with it
      System.getLogger(OldDatabase.class.getName())
          .log(System.Logger.Level.DEBUG, "the old database was left without a farewell", e);
    }
  }
}
