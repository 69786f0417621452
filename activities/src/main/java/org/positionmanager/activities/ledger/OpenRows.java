package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.standing.OpenRisk;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An account's positions that are not over, with all that their stops are made of. */
final class OpenRows {
  private static final Logger log = LoggerFactory.getLogger(OpenRows.class);
  private static final PositionRows ROWS = new PositionRows();

  private OpenRows() {}

  /** The best and worst price seen are the ledger's or the watch's, whichever is further. */
  static List<OpenRisk.Position> read(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select p.*,
              case when coalesce(a.peak_entry, p.entry_price) = p.entry_price
                then a.peak end as watch_peak,
              case when coalesce(a.peak_entry, p.entry_price) = p.entry_price
                then a.trough end as watch_trough
            from positions p left join armed_exits a using (account, symbol, execution_id)
            where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
            order by symbol, execution_id
            """)
        .bind("account", account.value())
        .map((row, context) -> position(row))
        .list();
  }

  private static OpenRisk.Position position(ResultSet row) throws SQLException {
    PositionId id = Columns.position(row);
    return new OpenRisk.Position(
        id,
        Phase.valueOf(row.getString("phase")),
        Strategy.valueOf(row.getString("strategy")),
        basis(id, row),
        Optional.ofNullable(row.getString("plan")).flatMap(text -> plan(id, text)),
        row.getString("paused_because") != null);
  }

  private static Optional<Basis> basis(PositionId id, ResultSet row) throws SQLException {
    Optional<Price> entry = Columns.price(row, "entry_price");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Quantity opened = new Quantity(row.getBigDecimal("quantity"));
    Basis basis =
        new Basis(
                id.instrument(),
                Direction.valueOf(row.getString("direction")),
                entry.get(),
                opened,
                Columns.price(row, "peak").orElse(entry.get()),
                row.getTimestamp("opened_at").toInstant())
            .closing(opened.lessAtMost(new Quantity(row.getBigDecimal("held"))));
    for (String seen : List.of("watch_peak", "watch_trough")) {
      basis = Columns.price(row, seen).map(basis::seeing).orElse(basis);
    }
    return Optional.of(basis);
  }

  /** A plan that this build cannot read must not hide all other positions: its risk is unknown. */
  private static Optional<Plan> plan(PositionId id, String text) {
    try {
      return Optional.of(ROWS.plan(text));
    } catch (JsonProcessingException e) {
      log.error("{}: its stored plan cannot be read, its risk is unknown", id, e);
      return Optional.empty();
    }
  }
}
