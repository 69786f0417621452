package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Reads single positions with their timelines; closed ones as well as open ones. */
public final class PositionRecords {
  private final LedgerDatabase database;
  private final PositionRows rows = new PositionRows();

  public PositionRecords(LedgerDatabase database) {
    this.database = database;
  }

  /** One position; empty where the ledger has never heard of it. */
  public Optional<PositionRecord> find(PositionId id) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                PositionRows.of(
                        id,
                        handle.createQuery(
                            """
                        select p.*, h.exit_price
                        from positions p left join position_history h
                          using (account, symbol, execution_id)
                        where account = :account and symbol = :symbol and execution_id = :execution
                        """))
                    .map((row, context) -> record(handle, id, row))
                    .findOne());
  }

  private PositionRecord record(Handle handle, PositionId id, ResultSet row) throws SQLException {
    Direction direction = Direction.valueOf(row.getString("direction"));
    return new PositionRecord(
        id,
        Phase.valueOf(row.getString("phase")),
        direction,
        Strategy.valueOf(row.getString("strategy")),
        new Quantity(row.getBigDecimal("held")),
        basis(id, direction, row),
        Optional.ofNullable(row.getString("plan")).map(this::plan),
        Optional.ofNullable(row.getString("exit_reason")).map(ExitReason::valueOf),
        Optional.ofNullable(row.getBigDecimal("exit_price")).map(Price::new),
        new Money(row.getBigDecimal("realised")),
        row.getTimestamp("updated_at").toInstant(),
        events(handle, id),
        PositionRows.exits(handle, id));
  }

  private static Optional<Basis> basis(PositionId id, Direction direction, ResultSet row)
      throws SQLException {
    BigDecimal entry = row.getBigDecimal("entry_price");
    if (entry == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Basis(
            id.instrument(),
            direction,
            new Price(entry),
            new Quantity(row.getBigDecimal("quantity")),
            new Price(row.getBigDecimal("peak")),
            row.getTimestamp("opened_at").toInstant()));
  }

  private List<PositionEvent> events(Handle handle, PositionId id) {
    return PositionRows.of(
            id,
            handle.createQuery(
                """
            select * from position_events
            where account = :account and symbol = :symbol and execution_id = :execution
            order by sequence
            """))
        .map((row, context) -> rows.event(row))
        .list();
  }

  private Plan plan(String text) {
    try {
      return rows.plan(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the ledger has JSON that this build cannot read: " + e.getOriginalMessage(), e);
    }
  }
}
