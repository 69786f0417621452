package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** An account's positions as they are compared with the broker. */
final class ComparedRows {
  private static final String OPEN = "p.phase not in ('CLOSED', 'NEVER_OPENED')";

  /** Not over, or ended in the last 30 days or since the oldest of them was recorded first. */
  private static final String OF_LATE =
      """
      (p.phase not in ('CLOSED', 'NEVER_OPENED')
        or p.updated_at > now() - interval '30 days'
        or p.updated_at > (select min(e.recorded_at)
          from position_events e join positions o using (account, symbol, execution_id)
          where o.account = :account and o.phase not in ('CLOSED', 'NEVER_OPENED')))
      """;

  private final AccountName account;
  private final ObjectMapper json;

  ComparedRows(AccountName account, ObjectMapper json) {
    this.account = account;
    this.json = json;
  }

  /** What events since its last fill say of orders, splits and ways given. */
  private static final class Told {
    private static final Told NOTHING = new Told();

    private final Map<String, Quantity> booked = new HashMap<>();
    private final Map<String, Quantity> splits = new HashMap<>();
    private final Map<String, Quantity> gaveWay = new HashMap<>();
  }

  /** With what they booked; however old those that took a holding over. */
  List<LedgerView.Row> compared(Handle handle) {
    return rows(handle, OF_LATE + " or p.terms ->> 'adoptHolding' = 'true'", told(handle));
  }

  /** Those that are not over, without what they booked. */
  List<LedgerView.Row> open(Handle handle) {
    return rows(handle, OPEN, Map.of());
  }

  /**
   * One that goes on under another symbol took over what is held, too: whether it counts as adopted
   * is for the first of its execution to say.
   */
  private List<LedgerView.Row> rows(Handle handle, String which, Map<PositionId, Told> told) {
    return handle
        .createQuery(
            """
            select p.*, h.closed_at, r.reviewed_at,
              coalesce((select min(recorded_at) from position_events e
                where (e.account, e.symbol, e.execution_id)
                    = (p.account, p.symbol, p.execution_id)), p.updated_at) as since,
              p.terms ->> 'adoptHolding' = 'true' and (
                not exists (select 1 from position_events e
                  where (e.account, e.symbol, e.execution_id)
                      = (p.account, p.symbol, p.execution_id)
                    and e.type = 'OPENED' and jsonb_exists(e.details, 'from'))
                or exists (select 1 from positions first
                  where (first.account, first.execution_id) = (p.account, p.execution_id)
                    and first.terms ->> 'adoptHolding' = 'true'
                    and not exists (select 1 from position_events e
                      where (e.account, e.symbol, e.execution_id)
                          = (first.account, first.symbol, first.execution_id)
                        and e.type = 'OPENED' and jsonb_exists(e.details, 'from'))))
                as adopted,
              cast(p.terms ->> 'ourSince' as timestamptz) as our_since,
              p.plan ->> 'reviewEvery' as review_every
            from positions p
            left join position_history h using (account, symbol, execution_id)
            left join position_reviews r using (account, symbol, execution_id)
            where p.account = :account and (%s)
            order by p.symbol, p.execution_id
            """
                .formatted(which))
        .bind("account", account.value())
        .map((row, context) -> row(row, told))
        .list();
  }

  private Map<PositionId, Told> told(Handle handle) {
    Map<PositionId, Told> all = new HashMap<>();
    handle
        .createQuery(
            """
            select e.account, e.symbol, e.execution_id, e.type, e.details
            from position_events e join positions p using (account, symbol, execution_id)
            where e.account = :account and %s
              and e.type in ('FILLED', 'CLOSED_ELSEWHERE', 'MOVED', 'SPLIT', 'GAVE_WAY')
              and %s
            """
                .formatted(OF_LATE, PositionRows.SINCE_OPENED_LAST))
        .bind("account", account.value())
        .map((row, context) -> told(row, all))
        .list();
    return all;
  }

  private Told told(ResultSet row, Map<PositionId, Told> all) throws SQLException {
    Told told = all.computeIfAbsent(Columns.position(row), id -> new Told());
    JsonNode details = tree(row.getString("details"));
    String type = row.getString("type");
    if (type.equals("SPLIT")) {
      told.splits.put(details.path("activity").asText(), quantity(details, "before"));
    } else if (type.equals("GAVE_WAY")) {
      told.gaveWay.merge(
          details.path("to").asText(), quantity(details, "quantity"), Quantity::plus);
    } else if (details.has("order")) {
      told.booked.merge(
          details.path("order").asText(), quantity(details, "quantity"), Quantity::plus);
    }
    return told;
  }

  private static Quantity quantity(JsonNode details, String field) {
    return Quantity.parse(details.path(field).asText());
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger has JSON that cannot be read: " + text, e);
    }
  }

  private LedgerView.Row row(ResultSet row, Map<PositionId, Told> all) throws SQLException {
    PositionId id = Columns.position(row);
    Told told = all.getOrDefault(id, Told.NOTHING);
    Phase phase = Phase.valueOf(row.getString("phase"));
    Optional<Instant> closedAt = Columns.moment(row, "closed_at");
    return new LedgerView.Row(
        id,
        phase,
        Direction.valueOf(row.getString("direction")),
        Optional.ofNullable(row.getBigDecimal("quantity")).map(Quantity::new),
        new Quantity(row.getBigDecimal("held")),
        Optional.ofNullable(row.getBigDecimal("entry_price")).map(Price::new),
        Columns.moment(row, "opened_at"),
        Columns.moment(row, "our_since"),
        closedAt,
        Columns.moment(row, "since").orElseThrow(),
        row.getBoolean("adopted"),
        row.getString("paused_because") != null,
        told.booked,
        told.splits,
        told.gaveWay,
        Optional.ofNullable(row.getString("review_every")).map(Duration::parse),
        Columns.moment(row, "reviewed_at"));
  }
}
