package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.standing.AccountStanding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Reads one account at a time under the account's own identity: row level security shows nothing of
 * others, whatever a query forgets.
 */
public final class AccountRecordsReader {
  private final LedgerDatabase database;

  /**
   * @param database opened for the desk, or for the account that is asked for
   */
  public AccountRecordsReader(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * What is asked for.
   *
   * @param from exchange time, included
   * @param to exchange time, excluded
   * @param nights that ended within the span
   * @param alertsFrom real time, included
   * @param alertsTo real time, excluded
   */
  public record Span(
      Instant from,
      Instant to,
      List<AccountRecords.Gap> nights,
      Instant alertsFrom,
      Instant alertsTo) {
    public Span {
      nights = List.copyOf(nights);
    }
  }

  /** The newest snapshot; empty where none was ever taken. */
  public Optional<AccountStanding> newest(AccountName account) {
    return as(
        account,
        handle ->
            handle
                .createQuery(
                    """
                    select * from account_snapshots where account = :account
                    order by at desc limit 1
                    """)
                .bind("account", account.value())
                .map((row, context) -> StandingLedger.read(row))
                .findOne());
  }

  /** Snapshots of a span of exchange time, oldest first. */
  public List<AccountStanding> standings(
      AccountName account, Instant fromInclusive, Instant toExclusive) {
    return as(account, handle -> standings(handle, account, fromInclusive, toExclusive));
  }

  /** All that there is. */
  public AccountRecords read(AccountName account, Span span) {
    return as(
        account,
        handle ->
            new AccountRecords(
                account,
                standings(handle, account, span.from, span.to),
                closed(handle, account, span),
                DayProfit.parts(handle, account, span.from, span.to),
                OpenRows.read(handle, account),
                quotes(handle, account),
                NightRows.read(handle, account, span.nights),
                alerts(handle, account, span)));
  }

  /** What is read in one transaction. */
  interface Reading<T> {
    T of(Handle handle);
  }

  /** Becomes the account for one transaction, in which everything is seen as of one moment. */
  <T> T as(AccountName account, Reading<T> reading) {
    return database
        .jdbi()
        .inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ,
            handle -> {
              AccountIdentity.become(handle, account);
              return reading.of(handle);
            });
  }

  private static List<AccountStanding> standings(
      Handle handle, AccountName account, Instant from, Instant to) {
    return handle
        .createQuery(
            """
            select * from account_snapshots
            where account = :account and at >= :from and at < :to order by at
            """)
        .bind("account", account.value())
        .bind("from", from)
        .bind("to", to)
        .map((row, context) -> StandingLedger.read(row))
        .list();
  }

  /**
   * A split changes entry and peak, and not what a watch saw before it: of a position that was
   * split, only the peak is known.
   */
  private static List<AccountRecords.Closed> closed(Handle handle, AccountName account, Span span) {
    return handle
        .createQuery(
            """
            select h.*, p.peak,
              case when not split.yes then a.peak end as watch_peak,
              case when not split.yes then a.trough end as watch_trough
            from position_history h
            join positions p using (account, symbol, execution_id)
            left join armed_exits a using (account, symbol, execution_id)
            cross join lateral (select exists (select 1 from position_events e
              where (e.account, e.symbol, e.execution_id) = (h.account, h.symbol, h.execution_id)
                and e.type = 'SPLIT') as yes) split
            where account = :account and h.closed_at >= :from and h.closed_at < :to
            order by h.closed_at, symbol, execution_id
            """)
        .bind("account", account.value())
        .bind("from", span.from)
        .bind("to", span.to)
        .map((row, context) -> closed(row))
        .list();
  }

  private static AccountRecords.Closed closed(ResultSet row) throws SQLException {
    Direction direction = Direction.valueOf(row.getString("direction"));
    Price entry = new Price(row.getBigDecimal("entry_price"));
    return new AccountRecords.Closed(
        Columns.position(row),
        direction,
        Strategy.valueOf(row.getString("strategy")),
        new Quantity(row.getBigDecimal("quantity")),
        entry,
        new Price(row.getBigDecimal("exit_price")),
        Columns.money(row, "realised"),
        ExitReason.valueOf(row.getString("reason")),
        row.getTimestamp("opened_at").toInstant(),
        row.getTimestamp("closed_at").toInstant(),
        best(direction, entry, Columns.price(row, "peak"), Columns.price(row, "watch_peak")),
        Columns.price(row, "watch_trough")
            .map(trough -> direction.isBetter(trough, entry) ? entry : trough));
  }

  /** A peak that is the entry itself may be one that nobody has seen: then only the watch knows. */
  private static Optional<Price> best(
      Direction direction, Price entry, Optional<Price> peak, Optional<Price> watched) {
    Optional<Price> seen = peak.filter(it -> direction.isBetter(it, entry));
    if (seen.isEmpty() || watched.isEmpty()) {
      return seen.or(() -> watched.map(it -> direction.isBetter(it, entry) ? it : entry));
    }
    return direction.isBetter(watched.get(), seen.get()) ? watched : seen;
  }

  private static Map<PositionId, Quote> quotes(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select p.account, p.symbol, p.execution_id, q.bid, q.ask, q.quoted_at
            from positions p cross join lateral (
              select * from position_quotes k
              where (k.account, k.symbol, k.execution_id) = (p.account, p.symbol, p.execution_id)
              order by k.seen_at desc, k.quoted_at desc limit 1) q
            where p.account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
            """)
        .bind("account", account.value())
        .map(
            (row, context) ->
                new SimpleEntry<>(
                    Columns.position(row),
                    new Quote(
                        new Price(row.getBigDecimal("bid")),
                        new Price(row.getBigDecimal("ask")),
                        row.getTimestamp("quoted_at").toInstant())))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<AlertRecord> alerts(Handle handle, AccountName account, Span span) {
    return handle
        .createQuery(
            """
            select * from alerts where account = :account and first_seen_at < :to
              and (resolved_at is null or resolved_at >= :from)
            order by first_seen_at, id
            """)
        .bind("account", account.value())
        .bind("from", span.alertsFrom)
        .bind("to", span.alertsTo)
        .map(AlertRows.MAPPER)
        .list();
  }
}
