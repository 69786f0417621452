package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Query;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/** Rows that dispatchers wrote and nobody has taken in yet. */
public final class ExecutionInbox {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT_TO_KNOW = Duration.ofSeconds(15);

  private final LedgerDatabase database;
  private final AccountRegistry registry;
  private final IntakeMarks marks;
  private final AccountHalts halts;
  private final IntakeAdmission admission;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public ExecutionInbox(LedgerDatabase database, AccountRegistry registry) {
    this.database = database;
    this.registry = registry;
    marks = new IntakeMarks(database);
    halts = new AccountHalts(database);
    admission = new IntakeAdmission(database);
  }

  /**
   * Rows of mode ALPACA_PAPER or LIVE that are not taken in, new ones first, oldest first. A
   * quarantined row appears again once it was changed or its account came into use, a row whose
   * handling {@linkplain #failed failed} once its time has come or it was changed, a row that
   * {@linkplain #waits waits} for its account to be resumed once it is, and of those that wait for
   * room in their account the oldest, each time, last of all.
   *
   * @param atMost rows that fail never fill it for good, since each waits longer than the last time
   */
  public List<InboxRow> unread(int atMost) {
    Map<String, Optional<AccountRegistry.Found>> accounts = new HashMap<>();
    // read first, judged afterwards: judging asks the registry, with a connection of its own
    return contents(atMost).stream()
        .map(row -> read(row, name -> accounts.computeIfAbsent(name, registry::find)))
        .toList();
  }

  private record Content(String executionId, String json, String fingerprint) {}

  private List<Content> contents(int atMost) {
    return contents(
        """
        where e.execution_mode in ('ALPACA_PAPER', 'LIVE')
          and (m.execution_id is null
            or m.outcome = 'WAITING' and (m.retry_after <= now() or m.last_seen < (
              select l.since from account_limits l where l.account = m.account_name))
            or m.outcome not in ('TAKEN', 'MIGRATED')
              and m.fingerprint <> md5(row_to_json(e)::text)
            or m.outcome = 'HALTED' and 'RESUMED' = (
              select h.type from account_halts h
              where h.account = m.account_name order by h.number desc limit 1)
            or m.outcome = 'LIMITED' and (m.execution_id in (
                select distinct on (h.account_name) h.execution_id from intake_marks h
                join dispatch_executions d on d.execution_id::text = h.execution_id
                where h.outcome = 'LIMITED' and h.field is null
                  and d.execution_mode in ('ALPACA_PAPER', 'LIVE')
                order by h.account_name, h.announced_at, h.execution_id)
              or m.last_seen < (
                select l.since from account_limits l where l.account = m.account_name))
            or m.outcome = 'QUARANTINED' and m.field like '%account_name%'
              and exists (
                select from accounts a
                left join account_aliases s on s.account = a.name
                where a.active and e.account_name in (a.name, s.alias)))
        order by coalesce(m.outcome, '') = 'LIMITED', m.retry_after nulls first,
          case m.outcome when 'LIMITED' then m.last_seen end nulls first, e.simulated_ts,
          e.execution_id
        limit :limit
        """,
        query -> query.bind("limit", atMost));
  }

  private List<Content> contents(String which, UnaryOperator<Query> bind) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                bind.apply(
                        handle.createQuery(
                            """
                            select e.execution_id::text as id, row_to_json(e)::text as content,
                              md5(row_to_json(e)::text) as print
                            from dispatch_executions e
                            left join intake_marks m on m.execution_id = e.execution_id::text
                            """
                                + which))
                    .map(
                        (row, context) ->
                            new Content(
                                row.getString("id"),
                                row.getString("content"),
                                row.getString("print")))
                    .list());
  }

  /**
   * Rows of an account that were taken in, and of which no workflow ever wrote anything down: each
   * has a workflow that is about to, or had one that was lost before it could. A row that says
   * something else by now is another execution.
   */
  public List<InboxRow> takenAndNotRecorded(AccountName account) {
    return contents(
            """
            where m.outcome = 'TAKEN' and split_part(m.position_id, '/', 1) = :account
              and not exists (select from positions p
                where m.position_id = p.account || '/' || p.symbol || '/' || p.execution_id::text)
            order by e.simulated_ts, e.execution_id
            """,
            query -> query.bind("account", account.value()))
        .stream()
        .map(row -> read(row, registry::find))
        .filter(row -> !(row instanceof InboxRow.Execution good) || isTaken(good.position()))
        .toList();
  }

  private InboxRow read(Content row, Function<String, Optional<AccountRegistry.Found>> accounts) {
    JsonNode content;
    try {
      content = json.readTree(row.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database wrote JSON that cannot be read", e);
    }
    try {
      return RowReading.read(content, row.fingerprint(), accounts);
    } catch (IllegalArgumentException | ArithmeticException e) {
      // one row that nobody thought of must not keep the others out
      return new InboxRow.Bad(
          row.executionId(),
          row.fingerprint(),
          content.path("account_name").asText(""),
          "row",
          "it cannot be read: " + e.getMessage(),
          "correct the value that the problem names",
          row.json());
    }
  }

  /** The row has its workflow; an alert about it ends. */
  public void taken(InboxRow.Execution row) {
    marks.taken(row);
  }

  /** Keeps a bad row where a person sees it, with an alert. */
  public void quarantine(InboxRow.Bad row) {
    marks.quarantined(row);
  }

  /**
   * Handling the row failed for a reason that may pass: it is not read again for 1 s, then 2, 4 and
   * so on up to 5 minutes, and people hear of it from the fifth time on. The reason stays with the
   * row's mark, in table {@code intake_marks}. Without effect where the row is taken in.
   *
   * @param reason in words for people, without secrets
   */
  public void failed(InboxRow row, String reason) {
    marks.failed(row, reason, LONGEST_WAIT);
  }

  /** The same where whether there is room is not known: that may be known again soon. */
  public void failed(InboxRow row, IntakeAdmission.RoomUnknown why) {
    marks.failed(row, why.getMessage(), LONGEST_WAIT_TO_KNOW);
  }

  /** Why a good row is not taken in now. */
  public sealed interface Wait {
    /** Its account is halted; it is read again once that is resumed. */
    record Halted() implements Wait {}

    /** Its account has no room for it; it is read again when it is the oldest that waits. */
    record ForRoom(IntakeAdmission.Waiting waiting) implements Wait {}

    /**
     * What it bought was adopted while it waited, and closed since: it is quarantined.
     *
     * @param reason in words for people
     */
    record Over(String reason) implements Wait {}
  }

  /**
   * What keeps a good row from being taken in now, with which it is then marked. What nothing keeps
   * has its place in its account from here on.
   *
   * @throws IntakeAdmission.RoomUnknown where it is not known whether its account has room: it has
   *     {@linkplain #failed(InboxRow, IntakeAdmission.RoomUnknown) failed} for now
   */
  public Optional<Wait> waits(InboxRow.Execution row) {
    Optional<AccountHalts.Entry> halt = halts.haltOf(row.position().account());
    halt.ifPresent(why -> marks.halted(row, why));
    return halt.isPresent() ? Optional.of(new Wait.Halted()) : admission.admit(row);
  }

  /** Whether a position has been taken in already. */
  public boolean isTaken(PositionId position) {
    return marks.isTaken(position);
  }

  /**
   * Waits for dispatchers' announcements on a connection outside the pool: calls back once as soon
   * as it listens, for what was announced before, then on each batch, until the thread is
   * interrupted or the connection fails.
   *
   * @param announced called on this thread; what it throws ends the listening and is passed on
   * @param patience how long one wait lasts before the thread looks whether it is interrupted
   * @throws SQLException when the connection fails: listen again, which also catches up
   */
  public void listen(Runnable announced, Duration patience) throws SQLException {
    database.listen("pm_executions", announced, batch -> announced.run(), patience);
  }
}
