package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.ShareRatio;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What closed positions, fill by fill, whoever sent the order: their own exits, a bracket's leg, a
 * person at the broker. In the shares of today: what a split made of a fill earned the same.
 */
final class ClosingFills {
  private static final PositionRows ROWS = new PositionRows();

  private ClosingFills() {}

  /**
   * Of positions that are open, or of which something was closed since then; those of one position
   * in the order in which they were booked, which is not always that of time.
   */
  static List<RealisedPart> ofHeldSince(Handle handle, AccountName account, Instant inclusive) {
    Map<PositionId, Told> all = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            select p.account, p.symbol, p.execution_id, p.strategy, p.direction, p.entry_price,
              e.sequence, e.type, e.at, e.text, e.details, x.reason
            from positions p
            left join position_history h using (account, symbol, execution_id)
            join position_events e using (account, symbol, execution_id)
            left join lateral (select reason from exits o
              where (o.account, o.symbol, o.execution_id)
                  = (p.account, p.symbol, p.execution_id)
                and o.broker_order_id = e.details ->> 'order'
              order by o.exit desc, o.attempt desc limit 1) x on true
            where account = :account and p.entry_price is not null
              and (p.phase not in ('CLOSED', 'NEVER_OPENED') or h.closed_at >= :since
                or exists (select from position_events f
                  where (f.account, f.symbol, f.execution_id)
                      = (p.account, p.symbol, p.execution_id)
                    and f.type in ('FILLED', 'CLOSED_ELSEWHERE') and f.at >= :since))
              and e.type in ('FILLED', 'CLOSED_ELSEWHERE', 'SPLIT')
              and %s
            order by p.symbol, p.execution_id, e.sequence
            """
                .formatted(PositionRows.SINCE_OPENED_LAST))
        .bind("account", account.value())
        .bind("since", inclusive)
        .map((row, context) -> read(row, all))
        .list();
    return Stream.concat(
            all.values().stream().flatMap(Told::parts), untold(handle, account, inclusive).stream())
        .toList();
  }

  /** What came from elsewhere with its end alone. */
  private static List<RealisedPart> untold(
      Handle handle, AccountName account, Instant closedSince) {
    return handle
        .createQuery(
            """
            select * from position_history h
            where h.account = :account and h.closed_at >= :since
              and not exists (select from position_events e
                where (e.account, e.symbol, e.execution_id)
                    = (h.account, h.symbol, h.execution_id)
                  and e.type in ('FILLED', 'CLOSED_ELSEWHERE', 'MOVED'))
            order by h.closed_at
            """)
        .bind("account", account.value())
        .bind("since", closedSince)
        .map(
            (row, context) ->
                new RealisedPart(
                    Columns.position(row),
                    Strategy.valueOf(row.getString("strategy")),
                    ExitReason.valueOf(row.getString("reason")),
                    new Quantity(row.getBigDecimal("quantity")),
                    Columns.money(row, "realised"),
                    row.getTimestamp("closed_at").toInstant()))
        .list();
  }

  /** One position, and what is told of it. */
  private record Told(
      PositionId id, Strategy strategy, Direction direction, Price entry, List<Fill> fills) {
    Stream<RealisedPart> parts() {
      return fills.stream()
          .map(
              it ->
                  new RealisedPart(
                      id,
                      strategy,
                      it.reason,
                      it.quantity,
                      direction.profit(entry, it.price, it.quantity, id.instrument().multiplier()),
                      it.at));
    }
  }

  private record Fill(Quantity quantity, Price price, ExitReason reason, Instant at) {
    Fill in(ShareRatio split) {
      return new Fill(split.shares(quantity), split.price(price), reason, at);
    }
  }

  private static PositionId read(ResultSet row, Map<PositionId, Told> all) throws SQLException {
    PositionId id = Columns.position(row);
    Told told = all.get(id);
    if (told == null) {
      told =
          new Told(
              id,
              Strategy.valueOf(row.getString("strategy")),
              Direction.valueOf(row.getString("direction")),
              new Price(row.getBigDecimal("entry_price")),
              new ArrayList<>());
      all.put(id, told);
    }
    PositionEvent event = ROWS.event(row);
    if (event.type() == PositionEvent.Type.SPLIT) {
      // one that found nothing held scales nothing
      if (!quantity(event, "before").isZero() && !quantity(event, "after").isZero()) {
        ShareRatio ratio = ShareRatio.of(event);
        told.fills.replaceAll(fill -> fill.in(ratio));
      }
    } else {
      String reason = row.getString("reason");
      told.fills.add(
          new Fill(
              quantity(event, "quantity"),
              Price.parse(event.details().get("price")),
              reason == null ? ExitReason.CLOSED_ELSEWHERE : ExitReason.valueOf(reason),
              event.at()));
    }
    return id;
  }

  private static Quantity quantity(PositionEvent event, String detail) {
    return Quantity.parse(event.details().get(detail));
  }
}
