package org.positionmanager.activities.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.AccountLiveness;
import org.positionmanager.activities.alert.AccountSnapshot;
import org.positionmanager.activities.alert.AlertInputs;
import org.positionmanager.activities.alert.IntakeGate;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What alerts are judged by, from one consistent view of the ledger each time. */
public final class PostgresAlertInputs implements AlertInputs {
  /** More closes than any streak is long. */
  private static final int CLOSES = 20;

  private final LedgerDatabase database;
  private final Optional<Duration> syncEvery;

  /**
   * @param database opened for the desk
   * @param syncEvery the interval at which accounts are compared with the broker; empty for who
   *     compares none
   */
  public PostgresAlertInputs(LedgerDatabase database, Optional<Duration> syncEvery) {
    this.database = database;
    this.syncEvery = syncEvery;
  }

  @Override
  public AccountSnapshot account(AccountName account, Optional<MarketMoment> market) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                new AccountSnapshot(
                    account,
                    now(handle),
                    market,
                    open(handle, account),
                    recorded(handle, account),
                    market.map(
                        moment -> DayProfit.realised(handle, account, DayProfit.day(moment))),
                    lastCloses(handle, account),
                    watch(handle, account),
                    syncEvery.map(every -> sync(handle, account, every)),
                    limited(handle, account)));
  }

  /** Rows that wait for room, by the limit, each with what is said of the oldest. */
  private static List<AccountSnapshot.Limited> limited(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select limited_by, count(*) as rows,
              (array_agg(reason order by announced_at, execution_id))[1] as reason
            from intake_marks where outcome = 'LIMITED' and account_name = :account
            group by limited_by order by limited_by
            """)
        .bind("account", account.value())
        .map(
            (row, context) ->
                new AccountSnapshot.Limited(
                    IntakeGate.Limit.valueOf(row.getString("limited_by")),
                    row.getInt("rows"),
                    row.getString("reason")))
        .list();
  }

  /** The last one that could compare; where there was none yet, since the account is known. */
  private static AccountSnapshot.Sync sync(Handle handle, AccountName account, Duration every) {
    Instant since =
        handle
            .createQuery(
                """
                select coalesce(
                  (select max(ended_at) from sync_runs where account = a.name and failure is null),
                  a.registered_at)
                from accounts a where a.name = :account
                """)
            .bind("account", account.value())
            .mapTo(Instant.class)
            .one();
    return new AccountSnapshot.Sync(since, every);
  }

  private static Instant now(Handle handle) {
    return handle.createQuery("select now()").mapTo(Instant.class).one();
  }

  private static List<AccountSnapshot.Open> open(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select p.*, a.evaluated_at,
              coalesce(a.armed and a.fresh_until > now(), false) as vouched
            from positions p left join armed_exits a using (account, symbol, execution_id)
            where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
            order by symbol, execution_id
            """)
        .bind("account", account.value())
        .map((row, context) -> open(row))
        .list();
  }

  private static AccountSnapshot.Open open(ResultSet row) throws SQLException {
    return new AccountSnapshot.Open(
        Columns.position(row),
        Phase.valueOf(row.getString("phase")),
        row.getTimestamp("phase_since").toInstant(),
        row.getTimestamp("recorded_at").toInstant(),
        new Quantity(row.getBigDecimal("held")),
        Optional.ofNullable(row.getBigDecimal("entry_price")).map(Price::new),
        Columns.moment(row, "opened_at"),
        Columns.moment(row, "evaluated_at"),
        row.getBoolean("vouched"));
  }

  private static List<Instant> recorded(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select recorded_at from positions
            where account = :account and recorded_at > now() - interval '1 day'
            order by recorded_at desc
            """)
        .bind("account", account.value())
        .mapTo(Instant.class)
        .list();
  }

  private static List<Money> lastCloses(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select realised from position_history where account = :account
            order by closed_at desc, execution_id limit :limit
            """)
        .bind("account", account.value())
        .bind("limit", CLOSES)
        .mapTo(BigDecimal.class)
        .map(Money::of)
        .list();
  }

  private static Optional<AccountSnapshot.Heard> watch(Handle handle, AccountName account) {
    return handle
        .createQuery("select holder, heard_at from watches where account = :account")
        .bind("account", account.value())
        .map(
            (row, context) ->
                new AccountSnapshot.Heard(
                    row.getString("holder"), row.getTimestamp("heard_at").toInstant()))
        .findOne();
  }

  /**
   * Rows that were taken in and have no position yet count as waiting for a worker, and so do those
   * that are tried again or wait for room: it may be the worker that they lack.
   */
  @Override
  public List<AccountLiveness> liveness() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        with waiting as (
                          select split_part(m.position_id, '/', 1) as account, count(*) as n,
                            min(m.last_seen) as since
                          from intake_marks m
                          where m.outcome = 'TAKEN' and m.last_seen > now() - interval '7 days'
                            and not exists (select from positions p
                              where p.account = split_part(m.position_id, '/', 1)
                                and p.symbol = split_part(m.position_id, '/', 2)
                                and p.execution_id::text = m.execution_id)
                          group by 1
                        ), untaken as (
                          select account_name as account, count(*) as n, min(first_seen) as since
                          from intake_marks where outcome in ('WAITING', 'LIMITED') group by 1
                        ), busy as (
                          select account, count(*) as n, min(recorded_at) as since
                          from positions where phase not in ('CLOSED', 'NEVER_OPENED') group by 1
                        )
                        select a.name, now() as now, coalesce(b.n, 0) as open,
                          coalesce(r.n, 0) + coalesce(u.n, 0) as waiting,
                          least(b.since, r.since, u.since) as since, w.heard_at
                        from accounts a
                        left join busy b on b.account = a.name
                        left join waiting r on r.account = a.name
                        left join untaken u on u.account = a.name
                        left join watches w on w.account = a.name
                        where a.active order by a.name
                        """)
                    .map(
                        (row, context) ->
                            new AccountLiveness(
                                new AccountName(row.getString("name")),
                                row.getTimestamp("now").toInstant(),
                                row.getInt("open"),
                                row.getInt("waiting"),
                                Columns.moment(row, "since"),
                                Columns.moment(row, "heard_at")))
                    .list());
  }

  /** No beat: workflows that arm would take that for a watch. */
  @Override
  public void served(AccountName account, String holder) {
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into watches (account, holder, since, beat_at)
                        values (:account, :holder, now(), '-infinity')
                        on conflict (account) do update set heard_at = now()
                        """)
                    .bind("account", account.value())
                    .bind("holder", holder)
                    .execute());
  }
}
