package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.positionmanager.workflows.identity.PositionId;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Rows that dispatchers wrote and nobody has taken in yet. */
public final class ExecutionInbox {
  private static final Duration PROBE_AFTER = Duration.ofSeconds(20);

  private final LedgerDatabase database;
  private final AccountRegistry registry;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  public ExecutionInbox(LedgerDatabase database, AccountRegistry registry) {
    this.database = database;
    this.registry = registry;
  }

  /**
   * The oldest rows of mode ALPACA_PAPER or LIVE that are not taken in; a quarantined row appears
   * again once it was changed or its account became known.
   */
  public List<InboxRow> unread(int atMost) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select row_to_json(e)::text as content, md5(row_to_json(e)::text) as print
                        from dispatch_executions e
                        left join intake_marks m on m.execution_id = e.execution_id::text
                        where e.execution_mode in ('ALPACA_PAPER', 'LIVE')
                          and (m.execution_id is null
                            or m.outcome = 'QUARANTINED'
                              and (m.fingerprint <> md5(row_to_json(e)::text)
                                or m.field like '%account_name%'
                                  and e.account_name in (
                                    select name from accounts
                                    union select alias from account_aliases)))
                        order by e.simulated_ts, e.execution_id
                        limit :limit
                        """)
                    .bind("limit", atMost)
                    .map((row, context) -> read(row.getString("content"), row.getString("print")))
                    .list());
  }

  private InboxRow read(String content, String fingerprint) {
    JsonNode row;
    try {
      row = json.readTree(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database wrote JSON that cannot be read", e);
    }
    return RowReading.read(row, fingerprint, registry::resolve);
  }

  /** The row has its workflow. */
  public void taken(InboxRow.Execution row) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into intake_marks (execution_id, outcome, position_id, fingerprint)
                        values (:id, 'TAKEN', :position, :print)
                        on conflict (execution_id) do update
                        set outcome = 'TAKEN', position_id = excluded.position_id, field = null,
                            reason = null, fix = null, content = null,
                            fingerprint = excluded.fingerprint, last_seen = now()
                        """)
                    .bind("id", row.executionId())
                    .bind("position", row.position().toString())
                    .bind("print", row.fingerprint())
                    .execute());
  }

  /** Keeps a bad row where a person sees it, with an alert. */
  public void quarantine(InboxRow.Bad row) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      insert into intake_marks (execution_id, outcome, account_name, field, reason,
                        fix, content, fingerprint)
                      values (:id, 'QUARANTINED', :account, :field, :reason, :fix,
                        cast(:content as jsonb), :print)
                      on conflict (execution_id) do update
                      set account_name = excluded.account_name, field = excluded.field,
                          reason = excluded.reason, fix = excluded.fix, content = excluded.content,
                          fingerprint = excluded.fingerprint, last_seen = now()
                      where intake_marks.outcome = 'QUARANTINED'
                      """)
                  .bind("id", row.executionId())
                  .bind("account", row.accountName())
                  .bind("field", row.field())
                  .bind("reason", row.problem())
                  .bind("fix", row.fix())
                  .bind("content", row.content())
                  .bind("print", row.fingerprint())
                  .execute();
              handle
                  .createUpdate(
                      """
                      insert into alerts (key, severity, message, raised_at)
                      values (:key, 'WARNING', :message, now()) on conflict do nothing
                      """)
                  .bind("key", "quarantined/" + row.executionId())
                  .bind(
                      "message",
                      "row %s quarantined: %s (%s): %s"
                          .formatted(row.executionId(), row.problem(), row.field(), row.fix()))
                  .execute();
            });
  }

  /** Whether a position has been taken in already. */
  public boolean isTaken(PositionId position) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createQuery(
                            "select count(*) from intake_marks where position_id = :position")
                        .bind("position", position.toString())
                        .mapTo(Integer.class)
                        .one()
                    > 0);
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
    try (Connection connection = database.connectOutsideThePool();
        Statement statement = connection.createStatement()) {
      statement.execute("listen pm_executions");
      announced.run();
      PGConnection channel = connection.unwrap(PGConnection.class);
      // zero would wait for ever
      int patienceMillis = Math.max(1, Math.toIntExact(patience.toMillis()));
      long heard = System.nanoTime();
      while (!Thread.currentThread().isInterrupted()) {
        PGNotification[] notifications = channel.getNotifications(patienceMillis);
        if (notifications != null && notifications.length > 0) {
          heard = System.nanoTime();
          announced.run();
        } else if (System.nanoTime() - heard > PROBE_AFTER.toNanos()) {
          // a server that vanished without a word is silent too: only a question tells
          statement.execute("select 1");
          heard = System.nanoTime();
        }
      }
    } catch (SQLException failure) {
      // an interrupt closes the socket under a virtual thread
      if (!Thread.currentThread().isInterrupted()) {
        throw failure;
      }
    }
  }
}
