package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** What was taken over from the tables of the system that this one replaces. */
public final class MigratedRows {
  /** Events follow the others; what is mended may still become something. */
  static final String DONE_WITH =
      "source_table <> 'position_events' and kind not in ('UNREADABLE', 'ACCOUNT_UNKNOWN')";

  /**
   * What differs for each database of each server that runs, as text; readable by anybody, as the
   * server's own number is not.
   */
  public static final String WHERE =
      """
      select extract(epoch from pg_postmaster_start_time()) || '/' || oid
      from pg_database where datname = current_database()
      """;

  private final LedgerDatabase database;
  private final ObjectMapper json = Payloads.mapper();

  /**
   * @param database of the desk
   */
  public MigratedRows(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * What the ledger has before a migration.
   *
   * @param positions all that it ever heard of
   * @param rows that an earlier migration from the same source has done with, without events
   */
  public record Known(List<Position> positions, Set<MigratedRow.Key> rows) {
    public Known {
      positions = List.copyOf(positions);
      rows = Set.copyOf(rows);
    }

    /** Whether both would lead to the same plan. */
    public boolean tellsTheSameAs(Known other) {
      return rows.equals(other.rows) && held().equals(other.held());
    }

    private Map<PositionId, Quantity> held() {
      return positions.stream().collect(Collectors.toMap(Position::id, Position::held));
    }

    /** Of a ledger that is yet to be set up. */
    public static Known nothing() {
      return new Known(List.of(), Set.of());
    }
  }

  /**
   * A position of the ledger.
   *
   * @param held zero where it is over
   */
  public record Position(PositionId id, Phase phase, Direction direction, Quantity held) {}

  /**
   * Reads it; changes nothing. A ledger without tables knows nothing, one of an earlier build has
   * kept no rows.
   *
   * @param source names the other system
   */
  public Known known(String source) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                new Known(
                    exists(handle, "positions") ? positions(handle) : List.of(),
                    exists(handle, "migrated_rows") ? rows(handle, source) : Set.of()));
  }

  /** Where the ledger's tables are, by {@link #WHERE}: there the intake reads executions. */
  public String where() {
    return database
        .jdbi()
        .withHandle(handle -> handle.createQuery(WHERE).mapTo(String.class).one());
  }

  /** Whether there is a ledger; a first migration sets it up. */
  public boolean isSetUp() {
    return database.jdbi().withHandle(handle -> exists(handle, "positions"));
  }

  private static boolean exists(Handle handle, String table) {
    return handle
        .createQuery("select to_regclass('pm.' || :table) is not null")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  private static List<Position> positions(Handle handle) {
    return handle
        .createQuery("select account, symbol, execution_id, phase, direction, held from positions")
        .map(
            (row, context) ->
                new Position(
                    Columns.position(row),
                    Phase.valueOf(row.getString("phase")),
                    Direction.valueOf(row.getString("direction")),
                    new Quantity(row.getBigDecimal("held"))))
        .list();
  }

  private static Set<MigratedRow.Key> rows(Handle handle, String source) {
    return handle
        .createQuery(
            """
            select source_table, source_id from migrated_rows
            where source = :source and %s
            """
                .formatted(DONE_WITH))
        .bind("source", source)
        .setFetchSize(10_000)
        .map((row, context) -> new MigratedRow.Key(row.getString(1), row.getString(2)))
        .stream()
        .collect(Collectors.toSet());
  }

  /**
   * Begins to take over; nothing stays of it unless it is committed. One at a time: another waits.
   *
   * @param planned what the ledger had when it was decided what to do
   * @throws IllegalStateException where another migration from the same source came first
   */
  public RowMigration begin(String source, Known planned) throws SQLException {
    return RowMigration.begin(database, source, planned.rows().size());
  }

  /**
   * Positions that were taken over open and are not over: what their workflows are started with,
   * for as much as is left of them.
   */
  public List<PositionState> open(String source) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select distinct p.account, p.symbol, p.execution_id, p.terms::text as terms,
                          p.held
                        from migrated_rows m
                        join positions p using (account, symbol, execution_id)
                        where m.source = :source and m.kind = 'WORKFLOW' and p.held > 0
                          and p.phase not in ('CLOSED', 'NEVER_OPENED')
                        order by p.account, p.symbol, p.execution_id
                        """)
                    .bind("source", source)
                    .map(
                        (row, context) ->
                            PositionState.announced(
                                Columns.position(row),
                                terms(row.getString("terms"))
                                    .withQuantity(new Quantity(row.getBigDecimal("held")))))
                    .list());
  }

  private EntryTerms terms(String text) {
    try {
      return json.readValue(text, EntryTerms.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger has JSON that cannot be read: " + text, e);
    }
  }
}
