package org.positionmanager.activities.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * One transaction that takes over what another system left. Everything may be repeated without
 * effect: what the ledger has already stays as it is.
 */
public final class RowMigration implements AutoCloseable {
  /** What the intake has found wrong, and nobody has mended since, is for it to go on with. */
  private static final String LEFT_AS_TOLD =
      """
      kind in ('UNREADABLE', 'ACCOUNT_UNKNOWN')
        and exists (select from intake_marks told where told.execution_id = source_id)
      """;

  private final Connection connection;
  private final Handle handle;
  private final String source;
  private final PositionRows rows = new PositionRows();
  private int opened;
  private int closed;
  private final Map<String, String> heldBack = new LinkedHashMap<>();
  private final List<String> letGo = new ArrayList<>();
  private Optional<PGCopyOutputStream> copying = Optional.empty();

  private RowMigration(Connection connection, Handle handle, String source) {
    this.connection = connection;
    this.handle = handle;
    this.source = source;
  }

  /**
   * What was written.
   *
   * @param kept rows of the other system
   * @param opened positions that are open
   * @param closed positions with their history
   * @param marked executions that the intake is not to take in
   * @param released executions that an earlier run had marked and that the intake is to take in
   */
  public record Written(int kept, int opened, int closed, int marked, int released) {
    /** Whether nothing changed. */
    public boolean isNothing() {
      return kept + opened + closed + marked + released == 0;
    }
  }

  static RowMigration begin(LedgerDatabase database, String source, int known) throws SQLException {
    Connection connection = database.connectForLong();
    try {
      connection.setAutoCommit(false);
      Handle handle = Jdbi.create(connection).installPlugin(new PostgresPlugin()).open();
      handle.execute("select pg_advisory_xact_lock(hashtext('pm_migrate'), 0)");
      int now =
          handle
              .createQuery(
                  """
                  select count(*) from migrated_rows
                  where source = :source and %s
                  """
                      .formatted(MigratedRows.DONE_WITH))
              .bind("source", source)
              .mapTo(Integer.class)
              .one();
      if (now != known) {
        throw new IllegalStateException(
            "another migration from %s ended meanwhile; run this one again".formatted(source));
      }
      handle.execute(
          """
          create temporary table staged (source_table text, source_id text, account text,
            symbol text, execution_id uuid, kind text, cause text, at timestamptz, content jsonb)
            on commit drop
          """);
      return new RowMigration(connection, handle, source);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Records a position unless the ledger has it. To be called before the first row is kept. */
  public void take(MigratedPosition position) {
    PositionState state = position.state();
    if (isKnown(state)) {
      return;
    }
    rows.writePosition(handle, state);
    boolean isOver = state.phase() == Phase.CLOSED;
    // what is over was never tracked here, so that nothing that is can have been announced late
    Optional<Instant> recordedAt = isOver ? Optional.of(position.since()) : Optional.empty();
    state.unrecorded().forEach(event -> rows.writeEvent(handle, state.id(), event, recordedAt));
    if (isOver) {
      HistoryRow.write(handle, state);
      closed++;
    } else {
      opened++;
    }
    datedBack(state, position.since());
  }

  private boolean isKnown(PositionState state) {
    return PositionRows.of(
                state.id(),
                handle.createQuery(
                    """
                    select count(*) from positions
                    where account = :account and symbol = :symbol and execution_id = :execution
                    """))
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /** It is not news: neither a burst of new positions nor closed lately. */
  private void datedBack(PositionState state, Instant since) {
    PositionRows.of(
            state.id(),
            handle.createUpdate(
                """
                update positions
                set recorded_at = :since, phase_since = :since, updated_at = :since
                where account = :account and symbol = :symbol and execution_id = :execution
                """))
        .bind("since", since)
        .execute();
  }

  /** Keeps a row unless it was kept before. */
  public void keep(MigratedRow row) throws SQLException {
    try {
      if (copying.isEmpty()) {
        copying =
            Optional.of(
                new PGCopyOutputStream(
                    connection.unwrap(PGConnection.class), "copy staged from stdin"));
      }
      copying.get().write(CopyLine.of(row).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SQLException("the ledger does not take rows any more", e);
    }
  }

  /**
   * Keeps the intake from an execution of which it is not known yet what it is: another run says
   * so.
   *
   * @param why in words for people
   */
  public void holdBack(String executionId, String why) {
    heldBack.put(executionId, why);
  }

  /**
   * Gives an execution that an earlier run held back to the intake. One that the intake has dealt
   * with stays as it is.
   */
  public void letGo(String executionId) {
    letGo.add(executionId);
  }

  /** Writes all of it down, or nothing. */
  public Written commit() throws SQLException {
    try {
      if (copying.isPresent()) {
        copying.get().close();
        copying = Optional.empty();
      }
    } catch (IOException e) {
      throw new SQLException("the ledger did not take the rows", e);
    }
    int marked = mark() + markHeldBack();
    int kept = keepStaged();
    Written written = new Written(kept, opened, closed, marked, release());
    connection.commit();
    return written;
  }

  private int keepStaged() {
    return handle
        .createUpdate(
            """
            insert into migrated_rows (source, source_table, source_id, account, symbol,
              execution_id, kind, cause, at, content)
            select :source, source_table, source_id,
              (select name from accounts where name = s.account), symbol, execution_id, kind, cause,
              at, content
            from staged s
            on conflict do nothing
            """)
        .bind("source", source)
        .execute();
  }

  /** What the intake had found wrong with these executions is of no interest any more. */
  private int mark() {
    int marked =
        handle
            .createUpdate(
                """
                insert into intake_marks as m (execution_id, outcome, position_id, account_name,
                  reason, fingerprint)
                select source_id, case kind when 'WORKFLOW' then 'TAKEN' else 'MIGRATED' end,
                  case kind when 'WORKFLOW' then account || '/' || symbol || '/' || execution_id end,
                  account, cause, 'migrated'
                from staged s
                where source_table = 'dispatch_executions' and kind <> 'SIMULATED' and not (%s)
                on conflict (execution_id) do update
                set outcome = excluded.outcome, position_id = excluded.position_id,
                    account_name = excluded.account_name, reason = excluded.reason, field = null,
                    fix = null, content = null, attempts = 0, retry_after = null, last_seen = now(),
                    limited_by = null, admitted_at = null, fingerprint = excluded.fingerprint
                where m.outcome not in ('TAKEN', 'MIGRATED')
                  or m.outcome = 'MIGRATED' and excluded.outcome = 'TAKEN'
                """
                    .formatted(LEFT_AS_TOLD))
            .execute();
    handle.execute(
        """
        update alerts set resolved_at = now()
        where resolved_at is null
          and key in (select 'intake/' || source_id from staged
            where source_table = 'dispatch_executions' and not (%s))
        """
            .formatted(LEFT_AS_TOLD));
    return marked;
  }

  private int markHeldBack() {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into intake_marks as m (execution_id, outcome, reason, fingerprint)
            values (:id, 'MIGRATED', :why, 'migrated')
            on conflict (execution_id) do update
            set outcome = excluded.outcome, reason = excluded.reason, field = null, fix = null,
                content = null, attempts = 0, retry_after = null, last_seen = now(),
                fingerprint = excluded.fingerprint
            where m.outcome not in ('TAKEN', 'MIGRATED')
            """);
    heldBack.forEach((id, why) -> batch.bind("id", id).bind("why", why).add());
    return heldBack.isEmpty() ? 0 : Arrays.stream(batch.execute()).sum();
  }

  private int release() {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            delete from intake_marks
            where execution_id = :id and outcome = 'MIGRATED' and fingerprint = 'migrated'
            """);
    letGo.forEach(id -> batch.bind("id", id).add());
    return letGo.isEmpty() ? 0 : Arrays.stream(batch.execute()).sum();
  }

  /** Gives up what was not committed. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
