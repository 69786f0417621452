package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatements;
import org.positionmanager.activities.watch.JudgedQuote;
import org.positionmanager.activities.watch.Permission;
import org.positionmanager.activities.watch.Permissions;
import org.positionmanager.activities.watch.PermissionsUnreadable;
import org.positionmanager.activities.watch.SeenByWatch;
import org.positionmanager.activities.watch.Unarmed;
import org.positionmanager.activities.watch.WatchSights;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.WatchSight;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.watch.ExitSent;

/** One account's permissions as its watch reads them, and what reviews read of the watch. */
public final class WatchLedger implements Permissions, WatchSights {
  private static final String PERMISSIONS =
      """
      select a.* from armed_exits a join positions p using (account, symbol, execution_id)
      where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
      """;

  private final LedgerDatabase database;
  private final AccountName account;
  private final ParsedExits parsed = new ParsedExits();

  /**
   * @param database opened for this account
   */
  public WatchLedger(LedgerDatabase database, AccountName account) {
    this.database = database;
    this.account = account;
  }

  @Override
  public List<Permission> all() throws PermissionsUnreadable {
    List<Permission> all =
        inTransaction(
            handle ->
                handle
                    .createQuery(PERMISSIONS)
                    .bind("account", account.value())
                    .map((row, context) -> permission(row))
                    .list());
    parsed.retain(all.stream().map(Permission::position).collect(Collectors.toSet()));
    return all;
  }

  @Override
  public Optional<Permission> of(PositionId position) throws PermissionsUnreadable {
    return inTransaction(
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        PERMISSIONS + " and symbol = :symbol and execution_id = :execution"))
                .map((row, context) -> permission(row))
                .findOne());
  }

  @Override
  public List<Unarmed> unarmed() throws PermissionsUnreadable {
    return inTransaction(handle -> UnarmedRows.of(handle, account));
  }

  private Permission permission(ResultSet row) throws SQLException {
    PositionId position = Columns.position(row);
    return new Permission(
        position,
        row.getInt("arming"),
        Optional.ofNullable(row.getString("content")).flatMap(text -> parsed.of(position, text)),
        Columns.price(row, "peak"),
        Columns.price(row, "trough"),
        Columns.moment(row, "evaluated_at"));
  }

  @Override
  public void acknowledge(Collection<Permission> permissions) throws PermissionsUnreadable {
    batch(
        """
        update armed_exits set acknowledged = :arming
        where account = :account and symbol = :symbol and execution_id = :execution
          and acknowledged < :arming
        """,
        permissions,
        (batch, permission) ->
            PositionRows.of(permission.position(), batch).bind("arming", permission.arming()));
  }

  @Override
  public void note(Collection<SeenByWatch> seen) throws PermissionsUnreadable {
    batch(
        """
        update armed_exits a set
          peak = case when p.direction = 'LONG' then greatest(a.peak, :peak)
            else least(a.peak, :peak) end,
          trough = case when p.direction = 'LONG' then least(a.trough, :trough)
            else greatest(a.trough, :trough) end,
          evaluated_at = greatest(a.evaluated_at, :evaluatedAt),
          fresh_until = now() + make_interval(secs => :freshFor)
        from positions p
        where a.account = :account and a.symbol = :symbol and a.execution_id = :execution
          and (p.account, p.symbol, p.execution_id) = (a.account, a.symbol, a.execution_id)
          and a.arming = :arming
        """,
        seen,
        (batch, one) ->
            PositionRows.of(one.position(), batch)
                .bind("arming", one.arming())
                .bind("peak", one.peak().value())
                .bind("trough", one.trough().value())
                .bind("evaluatedAt", one.evaluatedAt())
                .bind("freshFor", one.freshFor().toMillis() / 1000.0));
  }

  @Override
  public void note(PositionId position, ExitSent sent) throws PermissionsUnreadable {
    inTransaction(handle -> SentExits.write(handle, position, sent));
  }

  @Override
  public void record(Collection<JudgedQuote> quotes) throws PermissionsUnreadable {
    inTransaction(
        handle -> {
          // who writes them has the watch's beat to write too
          handle.getConfig(SqlStatements.class).setQueryTimeout(2);
          PositionQuotes.write(handle, account, quotes);
          return quotes;
        });
  }

  private interface Binding<T> {
    PreparedBatch bind(PreparedBatch batch, T one);
  }

  private <T> void batch(String statement, Collection<T> all, Binding<T> binding)
      throws PermissionsUnreadable {
    if (all.isEmpty()) {
      return;
    }
    inTransaction(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(statement);
          all.forEach(one -> binding.bind(batch, one).add());
          return batch.execute();
        });
  }

  @Override
  public void beat(String holder, Instant since) throws PermissionsUnreadable {
    beat(holder, since, "watches.holder <> excluded.holder or watches.since <= excluded.since");
  }

  @Override
  public boolean beatUnlessTaken(String holder, Instant since) throws PermissionsUnreadable {
    return beat(
            holder,
            since,
            """
            (watches.holder = excluded.holder and watches.since <= excluded.since)
            or watches.beat_at < now() - make_interval(secs => %d)
            """
                .formatted(ArmedExits.WATCH_IS_GONE_AFTER.toSeconds()))
        > 0;
  }

  private int beat(String holder, Instant since, String where) throws PermissionsUnreadable {
    return inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into watches (account, holder, since, beat_at)
                    values (:account, :holder, :since, now())
                    on conflict (account) do update set
                      holder = excluded.holder, since = excluded.since, beat_at = now(),
                      heard_at = now()
                    where %s
                    """
                        .formatted(where))
                .bind("account", account.value())
                .bind("holder", holder)
                .bind("since", since)
                .execute());
  }

  @Override
  public void giveUp(String holder, Instant since) throws PermissionsUnreadable {
    inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    update watches set beat_at = '-infinity', heard_at = now()
                    where account = :account and holder = :holder and since = :since
                    """)
                .bind("account", account.value())
                .bind("holder", holder)
                .bind("since", since)
                .execute());
  }

  @Override
  public Optional<String> holder() throws PermissionsUnreadable {
    return inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    select holder from watches
                    where account = :account and beat_at > now() - make_interval(secs => :gone)
                    """)
                .bind("account", account.value())
                .bind("gone", ArmedExits.WATCH_IS_GONE_AFTER.toSeconds())
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void listen(Runnable listening, Consumer<PositionId> changed, Duration patience)
      throws PermissionsUnreadable {
    String ours = account + "/";
    try {
      database.listen(
          "pm_armed",
          listening,
          announced ->
              announced.stream()
                  .filter(key -> key.startsWith(ours))
                  .distinct()
                  .map(PositionId::parse)
                  .forEach(changed),
          patience);
    } catch (SQLException e) {
      throw new PermissionsUnreadable(e);
    }
  }

  @Override
  public Optional<WatchSight> sight(PositionId position) throws PermissionsUnreadable {
    return inTransaction(
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        """
                        select a.*, a.armed and a.acknowledged = a.arming
                          and a.fresh_until > now()
                          and w.beat_at > now() - make_interval(secs => :gone) as fresh
                        from armed_exits a left join watches w using (account)
                        where account = :account and symbol = :symbol and execution_id = :execution
                          and a.peak is not null
                        """))
                .bind("gone", ArmedExits.WATCH_IS_GONE_AFTER.toSeconds())
                .map(
                    (row, context) ->
                        new WatchSight(
                            row.getInt("acknowledged"),
                            new Price(row.getBigDecimal("peak")),
                            new Price(row.getBigDecimal("trough")),
                            row.getTimestamp("evaluated_at").toInstant(),
                            row.getBoolean("fresh"),
                            Columns.price(row, "peak_entry")))
                .findOne());
  }

  private <T> T inTransaction(Function<Handle, T> work) throws PermissionsUnreadable {
    try {
      return database.jdbi().inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw new PermissionsUnreadable(failure);
    }
  }
}
