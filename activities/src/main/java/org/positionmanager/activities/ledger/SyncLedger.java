package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.sync.Coverage;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.sync.WatchView;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** One account's ledger as its sync reads it, and what the sync writes down. */
public final class SyncLedger {
  private final LedgerDatabase database;
  private final AccountName account;
  private final InstantSource clock;
  private final ObjectMapper json = Payloads.mapper();

  /**
   * @param database opened for this account
   */
  public SyncLedger(LedgerDatabase database, AccountName account, InstantSource clock) {
    this.database = database;
    this.account = account;
    this.clock = clock;
  }

  /**
   * Positions that are not over, those that ended in the last 30 days or since the oldest of them
   * was recorded first, and however old those that took a holding over: their ids are used up.
   *
   * @throws io.temporal.failure.ApplicationFailure where they cannot be read
   */
  public LedgerView positions() {
    Instant readAt = clock.instant();
    return inTransaction(
        handle -> {
          Map<PositionId, Told> told = told(handle);
          return new LedgerView(
              readAt,
              handle
                  .createQuery(
                      """
                      select p.*, h.closed_at, r.reviewed_at,
                        coalesce((select min(recorded_at) from position_events e
                          where (e.account, e.symbol, e.execution_id)
                              = (p.account, p.symbol, p.execution_id)), p.updated_at) as since,
                        p.terms ->> 'adoptHolding' = 'true' as adopted,
                        p.plan ->> 'reviewEvery' as review_every
                      from positions p
                      left join position_history h using (account, symbol, execution_id)
                      left join position_reviews r using (account, symbol, execution_id)
                      where p.account = :account
                        and (p.phase not in ('CLOSED', 'NEVER_OPENED')
                          or p.terms ->> 'adoptHolding' = 'true'
                          or p.updated_at > now() - interval '30 days'
                          or p.updated_at > (select min(e.recorded_at)
                            from position_events e join positions o using (account, symbol, execution_id)
                            where o.account = :account
                              and o.phase not in ('CLOSED', 'NEVER_OPENED')))
                      order by p.symbol, p.execution_id
                      """)
                  .bind("account", account.value())
                  .map((row, context) -> row(row, told))
                  .list());
        });
  }

  /** What a position's events since its last fill say of orders, splits and ways given. */
  private static final class Told {
    private final Map<String, Quantity> booked = new HashMap<>();
    private final Map<String, Quantity> splits = new HashMap<>();
    private final Map<String, Quantity> gaveWay = new HashMap<>();
  }

  private Map<PositionId, Told> told(Handle handle) {
    Map<PositionId, Told> all = new HashMap<>();
    handle
        .createQuery(
            """
            select e.symbol, e.execution_id, e.type, e.details from position_events e
            where e.account = :account
              and e.type in ('FILLED', 'CLOSED_ELSEWHERE', 'MOVED', 'SPLIT', 'GAVE_WAY')
              and e.sequence > coalesce((select max(o.sequence) from position_events o
                where (o.account, o.symbol, o.execution_id) = (e.account, e.symbol, e.execution_id)
                  and o.type = 'OPENED'), 0)
            """)
        .bind("account", account.value())
        .map(
            (row, context) -> {
              Told told = all.computeIfAbsent(id(row), id -> new Told());
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
            })
        .list();
    return all;
  }

  private static Quantity quantity(JsonNode details, String field) {
    return Quantity.parse(details.path(field).asText());
  }

  private PositionId id(ResultSet row) throws SQLException {
    return new PositionId(
        account,
        Instrument.parse(row.getString("symbol")),
        row.getObject("execution_id", UUID.class));
  }

  private LedgerView.Row row(ResultSet row, Map<PositionId, Told> all) throws SQLException {
    PositionId id = id(row);
    Told told = all.getOrDefault(id, new Told());
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

  /** What the account's watch was told, and whether it is heard of. */
  public WatchView watch() {
    Instant readAt = clock.instant();
    return inTransaction(
        handle ->
            new WatchView(
                readAt,
                handle
                    .createQuery(
                        """
                        select count(*) > 0 from watches where account = :account
                          and beat_at > now() - make_interval(secs => :gone)
                        """)
                    .bind("account", account.value())
                    .bind("gone", ArmedExits.WATCH_IS_GONE_AFTER.toSeconds())
                    .mapTo(Boolean.class)
                    .one(),
                handle
                    .createQuery(
                        """
                        select *, acknowledged >= arming as told,
                          coalesce(fresh_until > now(), false) as fresh,
                          coalesce((content ->> 'exit')::int, 0) as exit
                        from armed_exits where account = :account
                        """)
                    .bind("account", account.value())
                    .map(
                        (row, context) ->
                            new WatchView.Armed(
                                id(row),
                                row.getInt("arming"),
                                row.getBoolean("armed"),
                                row.getInt("exit"),
                                row.getBoolean("told"),
                                row.getBoolean("fresh"),
                                Optional.ofNullable(row.getString("why"))))
                    .list()));
  }

  /** What a position was announced with; empty where an earlier build recorded it. */
  public Optional<EntryTerms> terms(PositionId position) {
    return inTransaction(
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        """
                        select terms from positions
                        where account = :account and symbol = :symbol and execution_id = :execution
                          and terms is not null
                        """))
                .mapTo(String.class)
                .findOne()
                .map(text -> read(text, EntryTerms.class)));
  }

  /** Keeps a run and what it found; repeating it changes nothing. */
  public void record(SyncReport report) {
    inTransaction(
        handle -> {
          SyncRunRows.write(handle, report);
          return null;
        });
  }

  /** Keeps when positions were looked at last, real time; what is newer already stays. */
  public void reviewed(Map<PositionId, Instant> reviews) {
    inTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  insert into position_reviews as r (account, symbol, execution_id, reviewed_at)
                  select account, symbol, execution_id, :at from positions
                  where account = :account and symbol = :symbol and execution_id = :execution
                  on conflict (account, symbol, execution_id) do update set
                    reviewed_at = greatest(r.reviewed_at, excluded.reviewed_at)
                  """);
          reviews.forEach((position, at) -> PositionRows.of(position, batch).bind("at", at).add());
          return batch.execute();
        });
  }

  /**
   * Keeps a proof of coverage, and has one open alert for as long as there are gaps.
   *
   * @return whether everything is covered
   */
  public boolean record(Coverage coverage) {
    return inTransaction(handle -> CoverageRows.write(handle, coverage, json));
  }

  private JsonNode tree(String text) {
    return read(text, JsonNode.class);
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger has JSON that cannot be read: " + text, e);
    }
  }

  private <T> T inTransaction(Function<Handle, T> work) {
    try {
      return database.jdbi().inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw LedgerFailure.of(failure);
    }
  }
}
