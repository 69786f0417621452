package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;

/** Reads what several tables hold alike. */
final class Columns {
  private Columns() {}

  /** A {@code timestamptz}; empty for null. */
  static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** A price; empty for null. */
  static Optional<Price> price(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBigDecimal(column)).map(Price::new);
  }

  /** US dollars, where the column cannot be null. */
  static Money money(ResultSet row, String column) throws SQLException {
    return new Money(row.getBigDecimal(column));
  }

  /** The key of a position's row: {@code account, symbol, execution_id}. */
  static PositionId position(ResultSet row) throws SQLException {
    return new PositionId(
        new AccountName(row.getString("account")),
        Instrument.parse(row.getString("symbol")),
        row.getObject("execution_id", UUID.class));
  }
}
