package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.sync.Coverage;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.sync.WatchView;
import org.positionmanager.workflows.value.Quantity;

/** One account's ledger as its sync reads it, and what the sync writes down. */
public final class SyncLedger {
  /** What is said of a finding that the configuration forbids to put right. */
  public static final String LEFT_ALONE = "left alone, because sync.adopt is off";

  private final LedgerDatabase database;
  private final AccountName account;
  private final InstantSource clock;
  private final ComparedRows rows;
  private final ObjectMapper json = Payloads.mapper();

  /**
   * @param database opened for this account, or for the desk
   */
  public SyncLedger(LedgerDatabase database, AccountName account, InstantSource clock) {
    this.database = database;
    this.account = account;
    this.clock = clock;
    rows = new ComparedRows(account, json);
  }

  /**
   * Positions that are not over, those that ended in the last 30 days or since the oldest of them
   * was recorded first, and however old those that took a holding over: their ids are used up.
   *
   * @throws io.temporal.failure.ApplicationFailure where they cannot be read
   */
  public LedgerView positions() {
    Instant readAt = clock.instant();
    return inTransaction(handle -> new LedgerView(readAt, rows.compared(handle)));
  }

  /**
   * Positions that are not over, without what they booked: enough to say what is covered.
   *
   * @throws io.temporal.failure.ApplicationFailure where they cannot be read
   */
  public LedgerView openPositions() {
    Instant readAt = clock.instant();
    return inTransaction(handle -> new LedgerView(readAt, rows.open(handle)));
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
                                Columns.position(row),
                                row.getInt("arming"),
                                row.getBoolean("armed"),
                                row.getInt("exit"),
                                row.getBoolean("told"),
                                row.getBoolean("fresh"),
                                Optional.ofNullable(row.getString("why"))))
                    .list()));
  }

  /**
   * What a position's workflow is begun anew with.
   *
   * @param terms what it was announced with; empty where an earlier build recorded it
   * @param held what the ledger has of it now
   */
  public record Begun(Phase phase, Optional<EntryTerms> terms, Quantity held) {}

  /**
   * What a position was begun with; empty where the ledger does not know it.
   *
   * @throws IllegalStateException where its terms cannot be read
   */
  public Optional<Begun> begun(PositionId position) {
    return inTransaction(
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        """
                        select phase, terms, held from positions
                        where account = :account and symbol = :symbol and execution_id = :execution
                        """))
                .map(
                    (row, context) ->
                        new Begun(
                            Phase.valueOf(row.getString("phase")),
                            Optional.ofNullable(row.getString("terms"))
                                .map(text -> read(text, EntryTerms.class)),
                            new Quantity(row.getBigDecimal("held"))))
                .findOne());
  }

  /**
   * Keeps a run and what it found; repeating it changes nothing. Those that ended 30 days before it
   * are kept no longer.
   */
  public void record(SyncReport report) {
    inTransaction(
        handle -> {
          SyncRunRows.write(handle, report);
          return null;
        });
  }

  /** Whether a run compared everything, was sure of it, and put all of it right. */
  public boolean hasGoodRun() {
    return inTransaction(handle -> SyncRunRows.hasGood(handle, account));
  }

  /** Whether the account is in use, by the registry. */
  public boolean isInUse() {
    return inTransaction(
        handle ->
            handle
                .createQuery("select exists (select 1 from accounts where name = :name and active)")
                .bind("name", account.value())
                .mapTo(Boolean.class)
                .one());
  }

  /** Whether an alert of this account is open. */
  public boolean isOpen(String key) {
    return inTransaction(handle -> AlertRows.isOpen(handle, account, key));
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
