package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Which positions were held over which nights, and the prices that are kept around them. */
final class NightRows {
  /** From the close, or to it, for which a kept quote stands for the price there. */
  private static final Duration NEAR = Duration.ofMinutes(30);

  private NightRows() {}

  /** Quotes from before a split are in other shares: they say nothing of the night. */
  static List<AccountRecords.Night> read(
      Handle handle, AccountName account, List<AccountRecords.Gap> gaps) {
    Map<PositionId, List<RealisedPart>> closed = closed(handle, account, gaps);
    return handle
        .createQuery(
            """
            with nights as (
              select * from unnest(cast(:closes as timestamptz[]), cast(:opens as timestamptz[]))
                as night(closes, opens)
            ), held as (
              select n.*, p.account, p.symbol, p.execution_id, p.direction, p.strategy,
                p.entry_price, p.quantity, h.realised
              from nights n
              join positions p on p.account = :account and p.opened_at <= n.closes
              left join position_history h using (account, symbol, execution_id)
              where case when h.closed_at is null then p.phase not in ('CLOSED', 'NEVER_OPENED')
                else h.closed_at >= n.opens end
            )
            select held.*, before.bid as bid_before, before.ask as ask_before,
              after.bid as bid_after, after.ask as ask_after
            from held
            left join lateral (select q.bid, q.ask from position_quotes q
              where (q.account, q.symbol, q.execution_id)
                  = (held.account, held.symbol, held.execution_id)
                and q.seen_at <= closes and q.quoted_at > closes - make_interval(secs => :near)
                and q.bid <= q.ask
                and not exists (select 1 from position_events e
                  where (e.account, e.symbol, e.execution_id)
                      = (held.account, held.symbol, held.execution_id)
                    and e.type = 'SPLIT' and e.at >= q.seen_at)
              order by q.seen_at desc, q.quoted_at desc limit 1) before on true
            left join lateral (select q.bid, q.ask from position_quotes q
              where (q.account, q.symbol, q.execution_id)
                  = (held.account, held.symbol, held.execution_id)
                and q.quoted_at >= opens and q.seen_at < opens + make_interval(secs => :near)
                and q.bid <= q.ask
                and not exists (select 1 from position_events e
                  where (e.account, e.symbol, e.execution_id)
                      = (held.account, held.symbol, held.execution_id)
                    and e.type = 'SPLIT' and e.at >= q.seen_at)
              order by q.seen_at, q.quoted_at limit 1) after on true
            order by opens, symbol, execution_id
            """)
        .bind("account", account.value())
        .bind("closes", texts(gaps.stream().map(AccountRecords.Gap::close).toList()))
        .bind("opens", texts(gaps.stream().map(AccountRecords.Gap::open).toList()))
        .bind("near", NEAR.toSeconds())
        .map((row, context) -> night(row, closed))
        .list()
        .stream()
        .filter(night -> !night.quantity().isZero())
        .toList();
  }

  private static Map<PositionId, List<RealisedPart>> closed(
      Handle handle, AccountName account, List<AccountRecords.Gap> gaps) {
    return gaps.stream()
        .map(AccountRecords.Gap::open)
        .min(Comparator.naturalOrder())
        .map(first -> ClosingFills.ofHeldSince(handle, account, first))
        .orElse(List.of())
        .stream()
        .collect(Collectors.groupingBy(RealisedPart::id));
  }

  /** What was opened and not closed before. */
  private static Quantity heldAt(Instant open, Quantity opened, List<RealisedPart> closed) {
    Quantity before =
        closed.stream()
            .filter(part -> part.at().isBefore(open))
            .map(RealisedPart::quantity)
            .reduce(Quantity.ZERO, Quantity::plus);
    return opened.lessAtMost(before);
  }

  private static String[] texts(List<Instant> moments) {
    return moments.stream().map(Instant::toString).toArray(String[]::new);
  }

  private static AccountRecords.Night night(
      ResultSet row, Map<PositionId, List<RealisedPart>> closed) throws SQLException {
    PositionId id = Columns.position(row);
    Instant opens = row.getTimestamp("opens").toInstant();
    return new AccountRecords.Night(
        id,
        Direction.valueOf(row.getString("direction")),
        Strategy.valueOf(row.getString("strategy")),
        new AccountRecords.Gap(row.getTimestamp("closes").toInstant(), opens),
        heldAt(
            opens, new Quantity(row.getBigDecimal("quantity")), closed.getOrDefault(id, List.of())),
        new Price(row.getBigDecimal("entry_price")),
        mid(row, "bid_before", "ask_before"),
        mid(row, "bid_after", "ask_after"),
        Optional.ofNullable(row.getBigDecimal("realised")).map(Money::new));
  }

  private static Optional<Price> mid(ResultSet row, String bid, String ask) throws SQLException {
    Optional<Price> below = Columns.price(row, bid);
    Optional<Price> above = Columns.price(row, ask);
    return below.flatMap(one -> above.map(other -> Price.mid(one, other)));
  }
}
