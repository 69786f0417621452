package org.positionmanager.activities.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.activities.alert.IntakeGate;
import org.positionmanager.activities.alert.IntakeGate.Verdict;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Quantity;

/**
 * Lets rows in where their account's gate has room, one at a time for an account, whoever asks:
 * what is let in has its place before the next is judged.
 */
public final class IntakeAdmission {
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('pm_intake_gate'), hashtext(?))";

  private final LedgerDatabase database;

  /**
   * @param database opened for the desk
   */
  public IntakeAdmission(LedgerDatabase database) {
    this.database = database;
  }

  /** Whether an account has room is not known; the message says why, and the fix. */
  public static final class RoomUnknown extends IllegalStateException {
    private static final long serialVersionUID = 1;

    RoomUnknown(String why) {
      super(why);
    }
  }

  /**
   * A row that waits for room.
   *
   * @param reason with the numbers, for people
   * @param isNew whether it did not wait for room before
   */
  public record Waiting(String reason, boolean isNew) {}

  /**
   * What keeps a position from being opened by hand; empty where nothing does. Its quantity and
   * cost are the broker's to tell, so that it needs some room at least.
   */
  public Optional<String> refusal(AccountName account, Instrument instrument) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              lock(handle, account);
              return switch (judged(
                  handle,
                  account,
                  RegisteredLimits.find(handle, account),
                  Optional.empty(),
                  new IntakeGate.Amount(instrument, Quantity.ZERO, Optional.empty()))) {
                case Verdict.LetIn() -> Optional.<String>empty();
                case Verdict.Waits(var by, String reason, boolean tooLarge) -> Optional.of(reason);
                case Verdict.CannotTell(String reason) -> Optional.of(reason);
              };
            });
  }

  /**
   * Lets a row in, or keeps it waiting and marks it with the reason.
   *
   * @return empty where it is let in
   * @throws RoomUnknown where it is not known whether there is room
   */
  Optional<ExecutionInbox.Wait> admit(InboxRow.Execution row) {
    return database.jdbi().inTransaction(handle -> admit(handle, row));
  }

  private static Optional<ExecutionInbox.Wait> admit(Handle handle, InboxRow.Execution row) {
    AccountName account = row.position().account();
    lock(handle, account);
    Optional<Mark> before = mark(handle, row);
    if (before.filter(it -> it.isLetIn(row)).isPresent() || isRecorded(handle, row.position())) {
      return Optional.empty();
    }
    // one that nobody has seen before has not waited
    Optional<String> over = before.flatMap(mark -> adoptedAndClosed(handle, row));
    if (over.isPresent()) {
      IntakeMarks.quarantined(handle, asOver(handle, row, over.get()));
      return over.map(ExecutionInbox.Wait.Over::new);
    }
    boolean isNew = before.filter(Mark::isLimited).isEmpty();
    Optional<AccountLimits> limits = RegisteredLimits.find(handle, account);
    return switch (judged(handle, account, limits, Optional.of(row.position()), amount(row))) {
      case Verdict.LetIn() -> {
        Optional<Limited> older =
            limits.filter(AccountLimits::gate).flatMap(gate -> older(handle, row));
        if (older.isEmpty()) {
          letIn(handle, row);
          yield Optional.empty();
        }
        String reason = "it waits its turn behind row " + older.get().executionId();
        limited(handle, row, older.get().by(), reason, false);
        yield Optional.of(new ExecutionInbox.Wait.ForRoom(new Waiting(reason, isNew)));
      }
      case Verdict.Waits(IntakeGate.Limit by, String reason, boolean tooLarge) -> {
        limited(handle, row, by, reason, tooLarge);
        yield Optional.of(new ExecutionInbox.Wait.ForRoom(new Waiting(reason, isNew)));
      }
      case Verdict.CannotTell(String reason) -> throw new RoomUnknown(reason);
    };
  }

  private static void lock(Handle handle, AccountName account) {
    handle.execute(LOCK, account.value());
  }

  private static Verdict judged(
      Handle handle,
      AccountName account,
      Optional<AccountLimits> limits,
      Optional<PositionId> besides,
      IntakeGate.Amount next) {
    if (limits.isEmpty()) {
      return new Verdict.CannotTell(
          "no worker has told the limits of account %s yet; start `pm worker` with it in its configuration"
              .formatted(account));
    }
    return limits.get().gate()
        ? new IntakeGate(limits.get())
            .judge(
                GateLoad.of(handle, account, besides, limits.get().dailyLoss().isPresent()), next)
        : new Verdict.LetIn();
  }

  private static IntakeGate.Amount amount(InboxRow.Execution row) {
    return new IntakeGate.Amount(
        row.position().instrument(), row.terms().quantity(), row.terms().expectedPrice());
  }

  private record Mark(String outcome, String fingerprint, boolean admitted) {
    boolean isLetIn(InboxRow.Execution row) {
      return outcome.equals("TAKEN") || admitted && fingerprint.equals(row.fingerprint());
    }

    boolean isLimited() {
      return outcome.equals("LIMITED");
    }
  }

  private static Optional<Mark> mark(Handle handle, InboxRow.Execution row) {
    return handle
        .createQuery(
            """
            select outcome, fingerprint, admitted_at is not null as admitted
            from intake_marks where execution_id = :id
            """)
        .bind("id", row.executionId())
        .map(
            (found, context) ->
                new Mark(
                    found.getString("outcome"),
                    found.getString("fingerprint"),
                    found.getBoolean("admitted")))
        .findOne();
  }

  /** Whatever runs, or ran, already is not new. */
  private static boolean isRecorded(Handle handle, PositionId position) {
    return PositionRows.of(
            position,
            handle.createQuery(
                """
                select exists (select from positions
                  where account = :account and symbol = :symbol and execution_id = :execution)
                """))
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * What a row has bought is adopted while it waits, and may be closed by its rules before the row
   * is let in. By then it holds nothing, and would sell what others hold of the same.
   */
  private static Optional<String> adoptedAndClosed(Handle handle, InboxRow.Execution row) {
    return PositionRows.of(
            row.position(),
            handle.createQuery(
                """
                select p.execution_id::text from positions p
                join intake_marks m on m.execution_id = :id
                where p.account = :account and p.symbol = :symbol and p.execution_id <> :execution
                  and p.terms ->> 'adoptHolding' = 'true' and p.phase = 'CLOSED'
                  and p.recorded_at >= m.first_seen
                order by p.recorded_at desc limit 1
                """))
        .bind("id", row.executionId())
        .mapTo(String.class)
        .findOne()
        .map(
            adopted ->
                "while it waited, what was bought of %s was adopted as execution %s, which is closed"
                    .formatted(row.position().instrument(), adopted));
  }

  private static InboxRow.Bad asOver(Handle handle, InboxRow.Execution row, String why) {
    return new InboxRow.Bad(
        row.executionId(),
        row.fingerprint(),
        row.position().account().value(),
        "execution_id",
        why,
        "nothing is to be done where that was all of it; what is still held is watched once `pm open --holding` or the next sync adopts it",
        handle
            .createQuery(
                "select row_to_json(e)::text from dispatch_executions e where execution_id::text = :id")
            .bind("id", row.executionId())
            .mapTo(String.class)
            .findOne()
            .orElse("{}"));
  }

  private record Limited(String executionId, IntakeGate.Limit by) {}

  /** One that is there still, that came before, and that will have room one day. */
  private static Optional<Limited> older(Handle handle, InboxRow.Execution row) {
    return handle
        .createQuery(
            """
            select m.execution_id, m.limited_by from intake_marks m
            where m.outcome = 'LIMITED' and m.account_name = :account and m.field is null
              and (m.announced_at, m.execution_id) < (cast(:at as timestamptz), :id)
              and exists (select from dispatch_executions e
                where e.execution_id::text = m.execution_id
                  and e.execution_mode in ('ALPACA_PAPER', 'LIVE'))
            order by m.announced_at, m.execution_id limit 1
            """)
        .bind("account", row.position().account().value())
        .bind("at", row.terms().announcedAt())
        .bind("id", row.executionId())
        .map(
            (found, context) ->
                new Limited(
                    found.getString("execution_id"),
                    IntakeGate.Limit.valueOf(found.getString("limited_by"))))
        .findOne();
  }

  private static void letIn(Handle handle, InboxRow.Execution row) {
    handle
        .createUpdate(
            """
            insert into intake_marks as m (execution_id, outcome, account_name, reason, fingerprint,
              retry_after, admitted_at, admitted_symbol, admitted_quantity, admitted_price)
            values (:id, 'WAITING', :account, 'let in, its workflow is about to be started', :print,
              now(), now(), :symbol, :quantity, :price)
            on conflict (execution_id) do update
            set outcome = 'WAITING', account_name = excluded.account_name, field = null,
                reason = excluded.reason, fix = null, content = null, limited_by = null,
                fingerprint = excluded.fingerprint, retry_after = now(), last_seen = now(),
                admitted_at = now(), admitted_symbol = excluded.admitted_symbol,
                admitted_quantity = excluded.admitted_quantity,
                admitted_price = excluded.admitted_price
            where m.outcome not in ('TAKEN', 'MIGRATED')
            """)
        .bind("id", row.executionId())
        .bind("account", row.position().account().value())
        .bind("print", row.fingerprint())
        .bind("symbol", row.position().instrument().symbol())
        .bind("quantity", row.terms().quantity().value())
        .bind("price", row.terms().expectedPrice().map(it -> it.value()).orElse(null))
        .execute();
  }

  private static void limited(
      Handle handle, InboxRow.Execution row, IntakeGate.Limit by, String reason, boolean tooLarge) {
    handle
        .createUpdate(
            """
            insert into intake_marks as m (execution_id, outcome, account_name, reason, fingerprint,
              limited_by, announced_at, field, fix)
            values (:id, 'LIMITED', :account, :reason, :print, :by, :at, :field, :fix)
            on conflict (execution_id) do update
            set outcome = 'LIMITED', account_name = excluded.account_name, field = excluded.field,
                reason = excluded.reason, fix = excluded.fix, content = null, attempts = 0,
                retry_after = null, limited_by = excluded.limited_by,
                announced_at = excluded.announced_at, admitted_at = null,
                fingerprint = excluded.fingerprint, last_seen = now()
            where m.outcome not in ('TAKEN', 'MIGRATED')
            """)
        .bind("id", row.executionId())
        .bind("account", row.position().account().value())
        .bind("reason", reason)
        .bind("print", row.fingerprint())
        .bind("by", by.name())
        .bind("at", row.terms().announcedAt())
        .bind("field", tooLarge ? "quantity" : null)
        .bind("fix", tooLarge ? "raise the limit in the workers' configuration" : null)
        .execute();
  }
}
