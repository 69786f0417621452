package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.temporal.failure.ApplicationFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.trading.WrongAccount;
import org.positionmanager.workflows.activity.LedgerActivities;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.Sessions;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account's ledger. Each write is one transaction and may be repeated without effect. */
public final class PostgresLedger implements LedgerActivities {
  private static final Logger log = LoggerFactory.getLogger(PostgresLedger.class);

  private final LedgerDatabase database;
  private final AccountName account;
  private final PositionRows rows = new PositionRows();

  /**
   * @param database opened for this account
   */
  public PostgresLedger(LedgerDatabase database, AccountName account) {
    this.database = database;
    this.account = account;
  }

  @Override
  public Optional<Recollection> recall(PositionId position) {
    return inTransaction(
        position,
        handle ->
            PositionRows.of(
                    position,
                    handle.createQuery(
                        """
                        select phase, last_event, exits_settled, peak, plan, paused_because,
                          quantity, entry_price, opened_at,
                          (select coalesce(max(exit), 0) from exits e
                           where (e.account, e.symbol, e.execution_id)
                               = (p.account, p.symbol, p.execution_id)) as exits,
                          (select coalesce(max(arming), 0) from armed_exits a
                           where (a.account, a.symbol, a.execution_id)
                               = (p.account, p.symbol, p.execution_id)) as arming
                        from positions p
                        where account = :account and symbol = :symbol and execution_id = :execution
                        """))
                .map(
                    (row, context) -> {
                      List<ExitRecord> records = PositionRows.exits(handle, position);
                      int exits = Math.max(row.getInt("exits"), row.getInt("exits_settled"));
                      int attempts =
                          records.stream()
                              .filter(it -> it.exit() == exits)
                              .mapToInt(ExitRecord::attempt)
                              .max()
                              .orElse(0);
                      return new Recollection(
                          Phase.valueOf(row.getString("phase")),
                          exits,
                          attempts,
                          row.getInt("last_event"),
                          records,
                          Optional.ofNullable(row.getBigDecimal("peak")).map(Price::new),
                          Optional.ofNullable(row.getString("plan"))
                              .flatMap(text -> plan(position, text)),
                          row.getInt("arming"),
                          Optional.ofNullable(row.getString("paused_because")),
                          entered(handle, position, row));
                    })
                .findOne());
  }

  private Optional<Entered> entered(Handle handle, PositionId position, ResultSet row)
      throws SQLException {
    if (row.getBigDecimal("quantity") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Entered(
            new Price(row.getBigDecimal("entry_price")),
            new Quantity(row.getBigDecimal("quantity")),
            Columns.moment(row, "opened_at").orElseThrow(),
            rows.past(handle, position)));
  }

  /** A plan that this build cannot read must not keep the position from being watched at all. */
  private Optional<Plan> plan(PositionId position, String text) {
    try {
      return Optional.of(rows.plan(text));
    } catch (JsonProcessingException e) {
      log.error("{}: its stored plan cannot be read, the defaults apply: {}", position, text, e);
      return Optional.empty();
    }
  }

  @Override
  public void record(PositionState state) {
    try {
      inTransaction(
          state.id(),
          handle -> {
            write(handle, state);
            AlertRows.resolve(handle, Optional.of(account), refusalKey(state.id()));
            return null;
          });
    } catch (ApplicationFailure failure) {
      if (LedgerFailure.needsAPerson(failure)) {
        tell(state.id(), failure);
      }
      throw failure;
    }
  }

  private void write(Handle handle, PositionState state) {
    if (learntItsEndFromHere(state) && PositionRows.countEventsOfClosed(handle, state)) {
      writeEvents(handle, state);
      return;
    }
    boolean newest = rows.writePosition(handle, state);
    writeEvents(handle, state);
    PositionQuotes.write(handle, state.id(), state.unrecordedQuotes());
    if (newest) {
      state.unrecordedExits().forEach(exit -> rows.writeExit(handle, state, exit));
    }
    if (newest && state.phase().isFinal()) {
      resolveAllOf(handle, state.id());
      disarm(handle, state.id());
    }
    if (state.phase() == Phase.CLOSED) {
      // however late: a close that contradicts the history is never dropped in silence
      HistoryRow.write(handle, state);
    }
  }

  /** A rebuilt workflow that recalled a closed position knows less of it than the rows do. */
  private static boolean learntItsEndFromHere(PositionState state) {
    return state.phase() == Phase.CLOSED && state.basis().isEmpty();
  }

  private void writeEvents(Handle handle, PositionState state) {
    state.unrecorded().forEach(event -> rows.writeEvent(handle, state.id(), event));
  }

  /** In a transaction of its own, because that of the write is rolled back. */
  private void tell(PositionId position, ApplicationFailure refusal) {
    log.error("{} cannot be recorded", position, refusal);
    try {
      raise(
          new Alert(
              position,
              refusalKey(position),
              Alert.Severity.CRITICAL,
              position + " cannot be recorded: " + refusal.getOriginalMessage(),
              Instant.now()));
    } catch (ApplicationFailure failure) {
      refusal.addSuppressed(failure);
    }
  }

  private static String refusalKey(PositionId position) {
    return AlertKind.LEDGER_REFUSED.key(position);
  }

  /**
   * What is over may not be sent for: the higher number announces it to the watch, which may see
   * the holding of another position in the same instrument.
   */
  private static void disarm(Handle handle, PositionId position) {
    PositionRows.of(
            position,
            handle.createUpdate(
                """
                update armed_exits set armed = false, arming = arming + 1, client_order_id = null, content = null,
                  why = 'the position is over'
                where account = :account and symbol = :symbol and execution_id = :execution
                  and armed
                """))
        .execute();
  }

  /**
   * Whatever stood in a position's way does so no more once it has ended. What happened to it, and
   * ended it, is told until a person has acknowledged it.
   */
  private void resolveAllOf(Handle handle, PositionId position) {
    handle
        .createUpdate(
            """
            update alerts set resolved_at = now()
            where account = :account and key like '%/' || :position and resolved_at is null
              and key not like 'never-opened/%'
              and key not like 'mismatch/flipped/%' and key not like 'mismatch/assigned/%'
              and key not like 'mismatch/exit-beyond/%'
            """)
        .bind("account", account.value())
        .bind("position", position.toString())
        .execute();
  }

  @Override
  public RecordedQuotes quotesAfter(PositionId position, Instant seen, int most) {
    return inTransaction(
        position,
        handle ->
            RecordedQuotes.within(
                Sessions.ofNyse().remembered(),
                PositionQuotes.after(handle, position, seen, most).stream()
                    .map(KeptQuote::seen)
                    .toList()));
  }

  @Override
  public void raise(Alert alert) {
    inTransaction(
        alert.position(),
        handle -> {
          AlertRows.raise(
              handle,
              new NewAlert(
                  AlertKind.ofKey(alert.key()),
                  alert.severity(),
                  Optional.of(account),
                  Optional.of(alert.position()),
                  alert.key(),
                  alert.message()),
              alert.at());
          return null;
        });
  }

  private <T> T inTransaction(PositionId position, Function<Handle, T> work) {
    WrongAccount.refuse("position " + position, position.account(), account);
    try {
      return database.jdbi().inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw LedgerFailure.of(failure);
    } catch (IllegalArgumentException failure) {
      throw LedgerFailure.refused(
          position, "a row of it cannot be read, correct it: " + failure.getMessage());
    }
  }
}
