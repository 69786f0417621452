package org.positionmanager.starter.migrate;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the replaced system still manages positions: two at once would close them twice. */
final class OldSystem {
  /** It walks its positions every minute; a sync of it writes every 5 minutes. */
  static final Duration QUIET_FOR = Duration.ofMinutes(10);

  private OldSystem() {}

  /** What was seen of it, in words with what to stop; empty where it stands still. */
  static List<String> signsOfLife(OldDatabase database) throws SQLException {
    List<String> signs = new ArrayList<>();
    written(database, OldTable.ACTIVE_POSITIONS, "last_checked_at").ifPresent(signs::add);
    written(database, OldTable.ACTIVE_POSITIONS, "updated_at").ifPresent(signs::add);
    written(database, OldTable.POSITION_EVENTS, "created_at").ifPresent(signs::add);
    sessions(database).ifPresent(signs::add);
    return signs;
  }

  private static Optional<String> written(OldDatabase database, OldTable table, String column)
      throws SQLException {
    if (!database.has(table, column)) {
      return Optional.empty();
    }
    // a moment without a time zone is meant as UTC
    return database.one(
        """
        select format('%%s.%%s is %%s UTC, %%s s ago: stop the position managers that write it',
          '%1$s', '%2$s', to_char(newest, 'YYYY-MM-DD HH24:MI:SS'),
          round(extract(epoch from (now() at time zone 'UTC') - newest)))
        from (select case when pg_typeof(max(%2$s)) = 'timestamptz'::regtype
            then max(%2$s)::timestamptz at time zone 'UTC' else max(%2$s)::timestamp end as newest
          from public.%1$s) it
        where newest > (now() at time zone 'UTC') - interval '%3$d seconds'
        """
            .formatted(table.table(), column, QUIET_FOR.toSeconds()),
        row -> row.getString(1));
  }

  /** Who has written these tables and not ended the transaction; reading them is no sign. */
  private static Optional<String> sessions(OldDatabase database) throws SQLException {
    return database.one(
        """
        select 'sessions that hold locks on its tables: ' || string_agg(distinct format(
          '%s of %s (pid %s)', coalesce(nullif(a.application_name, ''), 'a program'),
          coalesce(a.usename, 'another user'), a.pid), ', ') || ': end them'
        from pg_locks l join pg_stat_activity a using (pid)
        where l.granted and a.pid <> pg_backend_pid()
          -- who may not see other users' sessions sees none of their kind
          and coalesce(a.backend_type, 'client backend') = 'client backend'
          and l.mode <> 'AccessShareLock'
          and l.database = (select oid from pg_database where datname = current_database())
          and l.relation in ('public.active_positions'::regclass,
            'public.position_events'::regclass, 'public.position_history'::regclass)
        having count(*) > 0
        """,
        row -> row.getString(1));
  }
}
