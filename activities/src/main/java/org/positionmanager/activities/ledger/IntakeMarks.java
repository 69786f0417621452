package org.positionmanager.activities.ledger;

import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;

/**
 * What the intake has done with each row, in table {@code intake_marks}, and the one alert that a
 * row may have. Waits are counted by the database's clock.
 */
final class IntakeMarks {
  private static final int ALERT_FROM_ATTEMPT = 5;

  private final LedgerDatabase database;

  IntakeMarks(LedgerDatabase database) {
    this.database = database;
  }

  void taken(InboxRow.Execution row) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      insert into intake_marks (execution_id, outcome, position_id, fingerprint)
                      values (:id, 'TAKEN', :position, :print)
                      on conflict (execution_id) do update
                      set outcome = 'TAKEN', position_id = excluded.position_id, field = null,
                          reason = null, fix = null, content = null, attempts = 0,
                          retry_after = null, limited_by = null, fingerprint = excluded.fingerprint, last_seen = now()
                      """)
                  .bind("id", row.executionId())
                  .bind("position", row.position().toString())
                  .bind("print", row.fingerprint())
                  .execute();
              AlertRows.resolve(handle, Optional.empty(), alertKey(row));
            });
  }

  void quarantined(InboxRow.Bad row) {
    database.jdbi().useTransaction(handle -> quarantined(handle, row));
  }

  static void quarantined(Handle handle, InboxRow.Bad row) {
    handle
        .createUpdate(
            """
                      insert into intake_marks (execution_id, outcome, account_name, field, reason,
                        fix, content, fingerprint)
                      values (:id, 'QUARANTINED', :account, :field, :reason, :fix,
                        cast(:content as jsonb), :print)
                      on conflict (execution_id) do update
                      set outcome = 'QUARANTINED', account_name = excluded.account_name,
                          field = excluded.field, reason = excluded.reason, fix = excluded.fix,
                          content = excluded.content, attempts = 0, retry_after = null,
                          limited_by = null, admitted_at = null, fingerprint = excluded.fingerprint, last_seen = now()
                      where intake_marks.outcome not in ('TAKEN', 'MIGRATED')
                      """)
        .bind("id", row.executionId())
        .bind("account", row.accountName())
        .bind("field", row.field())
        .bind("reason", row.problem())
        .bind("fix", row.fix())
        .bind("content", row.content())
        .bind("print", row.fingerprint())
        .execute();
    alert(
        handle,
        row,
        "row %s quarantined: %s (%s): %s"
            .formatted(row.executionId(), row.problem(), row.field(), row.fix()));
  }

  /**
   * @param longest wait before it is read again
   */
  void failed(InboxRow row, String reason, Duration longest) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      insert into intake_marks as m (execution_id, outcome, account_name, reason,
                        fingerprint, attempts, retry_after)
                      values (:id, 'WAITING', :account, :reason, :print, 1, now())
                      on conflict (execution_id) do update
                      set outcome = 'WAITING', account_name = excluded.account_name,
                          limited_by = null, admitted_at = case
                            when m.fingerprint = excluded.fingerprint then m.admitted_at end,
                          field = null, fix = null, content = null,
                          reason = excluded.reason, retry_after = now(), last_seen = now(),
                          attempts = 1 + case
                            when m.outcome = 'WAITING' and m.fingerprint = excluded.fingerprint
                            then m.attempts else 0 end,
                          fingerprint = excluded.fingerprint
                      where m.outcome not in ('TAKEN', 'MIGRATED')
                      """)
                  .bind("id", row.executionId())
                  .bind("account", account(row))
                  .bind("reason", reason)
                  .bind("print", row.fingerprint())
                  .execute();
              int attempts = postpone(handle, row, longest);
              if (attempts >= ALERT_FROM_ATTEMPT) {
                alert(
                    handle,
                    row,
                    "%s cannot be taken in after %d attempts, nobody watches it yet: %s"
                        .formatted(described(row), attempts, reason));
              }
            });
  }

  /** The row is good and its account halted: it waits, without an alert, for a person said so. */
  void halted(InboxRow.Execution row, AccountHalts.Entry halt) {
    AccountName account = row.position().account();
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into intake_marks as m (execution_id, outcome, account_name, reason,
                          fingerprint)
                        values (:id, 'HALTED', :account, :reason, :print)
                        on conflict (execution_id) do update
                        set outcome = 'HALTED', account_name = excluded.account_name, field = null,
                            reason = excluded.reason, fix = null, content = null, attempts = 0,
                            retry_after = null, limited_by = null, admitted_at = null,
                            fingerprint = excluded.fingerprint, last_seen = now()
                        where m.outcome not in ('TAKEN', 'MIGRATED')
                        """)
                    .bind("id", row.executionId())
                    .bind("account", account.value())
                    .bind(
                        "reason",
                        "account %s is %s; `pm resume-intake --account %s` lets it in"
                            .formatted(account, halt.words(), account))
                    .bind("print", row.fingerprint())
                    .execute());
  }

  boolean isTaken(PositionId position) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                        .createQuery(
                            "select count(*) from intake_marks where position_id = :position")
                        .bind("position", position.toString())
                        .mapTo(Integer.class)
                        .one()
                    > 0);
  }

  /** Returns how often the row has failed; zero where it does not wait. */
  private static int postpone(Handle handle, InboxRow row, Duration longest) {
    return handle
        .createQuery(
            """
            update intake_marks
            set retry_after = now()
              + interval '1 second' * least(:longest, power(2, least(attempts, 20) - 1))
            where execution_id = :id and outcome = 'WAITING'
            returning attempts
            """)
        .bind("id", row.executionId())
        .bind("longest", longest.toSeconds())
        .mapTo(Integer.class)
        .findOne()
        .orElse(0);
  }

  /** The registered one where it is known, else the name that the row has. */
  private static String account(InboxRow row) {
    return switch (row) {
      case InboxRow.Execution good -> good.position().account().value();
      case InboxRow.Bad bad -> bad.accountName();
    };
  }

  private static String described(InboxRow row) {
    return switch (row) {
      case InboxRow.Execution good -> "row " + good.executionId() + " of " + good.position();
      case InboxRow.Bad bad -> "row " + bad.executionId() + " of account " + bad.accountName();
    };
  }

  private static String alertKey(InboxRow row) {
    return "intake/" + row.executionId();
  }

  /** One open alert for a row, saying the latest. */
  private static void alert(Handle handle, InboxRow row, String message) {
    AlertRows.raise(
        handle,
        new NewAlert(
            AlertKind.FAILED_ROWS,
            AlertKind.FAILED_ROWS.severity(),
            Optional.empty(),
            Optional.empty(),
            alertKey(row),
            message));
  }
}
