package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/**
 * Positions that the ledger has open, each row read for itself: one that cannot be read harms no
 * other.
 */
public final class OpenPositions {
  private final LedgerDatabase database;

  /**
   * @param database opened for the desk
   */
  public OpenPositions(LedgerDatabase database) {
    this.database = database;
  }

  /** One row. */
  public sealed interface Row {
    /** A position that is not over. */
    record Open(PositionId id, Phase phase) implements Row {}

    /**
     * A row that names no position.
     *
     * @param key as the ledger has it: account/symbol/execution
     */
    record Unreadable(String key, String why) implements Row {}
  }

  /** Of an account, by symbol and execution. */
  public List<Row> of(AccountName account) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select account, symbol, execution_id, phase from positions
                        where account = :account and phase not in ('CLOSED', 'NEVER_OPENED')
                        order by symbol, execution_id
                        """)
                    .bind("account", account.value())
                    .map((row, context) -> read(row))
                    .list());
  }

  private static Row read(ResultSet row) throws SQLException {
    try {
      return new Row.Open(Columns.position(row), Phase.valueOf(row.getString("phase")));
    } catch (IllegalArgumentException e) {
      return new Row.Unreadable(
          "%s/%s/%s"
              .formatted(
                  row.getString("account"), row.getString("symbol"), row.getString("execution_id")),
          e.getMessage());
    }
  }
}
