package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.positionmanager.workflows.activity.LedgerActivities;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account's ledger. Each write is one transaction and may be repeated without effect. */
public final class PostgresLedger implements LedgerActivities {
  private static final Logger log = LoggerFactory.getLogger(PostgresLedger.class);

  private final LedgerDatabase database;
  private final AccountName account;
  private final ObjectMapper json = Payloads.mapper();

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
            of(
                    position,
                    handle.createQuery(
                        """
                        select phase, last_event, exits_settled, peak, plan,
                          (select coalesce(max(exit), 0) from exits e
                           where (e.account, e.symbol, e.execution_id)
                               = (p.account, p.symbol, p.execution_id)) as exits
                        from positions p
                        where account = :account and symbol = :symbol and execution_id = :execution
                        """))
                .map(
                    (row, context) -> {
                      List<ExitRecord> records = exits(handle, position);
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
                              .flatMap(text -> plan(position, text)));
                    })
                .findOne());
  }

  /** A plan that this build cannot read must not keep the position from being watched at all. */
  private Optional<Plan> plan(PositionId position, String text) {
    try {
      return Optional.of(json.readValue(text, Plan.class));
    } catch (JsonProcessingException e) {
      log.error("{}: its stored plan cannot be read, the defaults apply: {}", position, text, e);
      return Optional.empty();
    }
  }

  static List<ExitRecord> exits(Handle handle, PositionId position) {
    return of(
            position,
            handle.createQuery(
                """
                select * from exits
                where account = :account and symbol = :symbol and execution_id = :execution
                order by exit, attempt
                """))
        .map(
            (row, context) ->
                new ExitRecord(
                    row.getInt("exit"),
                    row.getInt("attempt"),
                    row.getString("client_order_id"),
                    ExitRecord.Status.valueOf(row.getString("status")),
                    ExitReason.valueOf(row.getString("reason")),
                    new Quantity(row.getBigDecimal("quantity")),
                    new Quantity(row.getBigDecimal("filled")),
                    Optional.ofNullable(row.getBigDecimal("average_price")).map(Price::new),
                    Optional.ofNullable(row.getString("broker_order_id")).map(BrokerOrderId::new),
                    row.getTimestamp("at").toInstant()))
        .list();
  }

  @Override
  public void record(PositionState state) {
    inTransaction(
        state.id(),
        handle -> {
          boolean newest = writePosition(handle, state);
          state.unrecorded().forEach(event -> writeEvent(handle, state.id(), event));
          if (!newest) {
            return null;
          }
          state.unrecordedExits().forEach(exit -> writeExit(handle, state, exit));
          if (state.phase() == Phase.CLOSED) {
            writeHistory(handle, state);
          }
          return null;
        });
  }

  /** Returns whether the state is no older than what is written: a late write changes nothing. */
  private boolean writePosition(Handle handle, PositionState state) {
    Optional<Basis> basis = state.basis();
    return of(
                state.id(),
                handle.createUpdate(
                    """
                insert into positions (account, symbol, execution_id, phase, direction, strategy,
                  quantity, held, entry_price, peak, plan_version, plan, exits_settled, exit_reason,
                  realised, last_event, opened_at)
                values (:account, :symbol, :execution, :phase, :direction, :strategy, :quantity,
                  :held, :entry, :peak, :planVersion, cast(:plan as jsonb), :settled, :reason,
                  :realised, :lastEvent, :openedAt)
                on conflict (account, symbol, execution_id) do update set
                  phase = excluded.phase, quantity = excluded.quantity, held = excluded.held,
                  entry_price = excluded.entry_price, peak = excluded.peak,
                  plan_version = excluded.plan_version, plan = excluded.plan,
                  exits_settled = excluded.exits_settled, exit_reason = excluded.exit_reason,
                  realised = excluded.realised, last_event = excluded.last_event,
                  opened_at = excluded.opened_at, updated_at = now()
                where positions.last_event <= excluded.last_event
                """))
            .bind("phase", state.phase().name())
            .bind("direction", state.terms().direction().name())
            .bind("strategy", state.terms().strategy().name())
            .bind("quantity", basis.map(it -> it.opened().value()).orElse(null))
            .bind("held", state.held().value())
            .bind("entry", basis.map(it -> it.entry().value()).orElse(null))
            .bind("peak", basis.map(it -> it.peak().value()).orElse(null))
            .bind("planVersion", state.plan().map(plan -> plan.version()).orElse(null))
            .bind("plan", state.plan().map(this::text).orElse(null))
            .bind("settled", state.exitsSettled())
            .bind("reason", state.exitReason().map(Enum::name).orElse(null))
            .bind("realised", state.realised().amount())
            .bind("lastEvent", state.events())
            .bind("openedAt", basis.map(Basis::filledAt).orElse(null))
            .execute()
        > 0;
  }

  private void writeEvent(Handle handle, PositionId position, PositionEvent event) {
    of(
            position,
            handle.createUpdate(
                """
                insert into position_events (account, symbol, execution_id, sequence, type, at, text,
                  details)
                values (:account, :symbol, :execution, :sequence, :type, :at, :text,
                  cast(:details as jsonb))
                on conflict do nothing
                """))
        .bind("sequence", event.sequence())
        .bind("type", event.type().name())
        .bind("at", event.at())
        .bind("text", event.text())
        .bind("details", text(event.details()))
        .execute();
  }

  private void writeExit(Handle handle, PositionState state, ExitRecord exit) {
    of(
            state.id(),
            handle.createUpdate(
                """
                insert into exits (account, symbol, execution_id, exit, attempt, client_order_id,
                  status, reason, quantity, filled, average_price, broker_order_id, plan_version,
                  peak, at)
                values (:account, :symbol, :execution, :exit, :attempt, :clientOrderId, :status,
                  :reason, :quantity, :filled, :price, :brokerOrderId, :planVersion, :peak, :at)
                on conflict (account, symbol, execution_id, exit, attempt) do update set
                  status = excluded.status, quantity = excluded.quantity, filled = excluded.filled,
                  average_price = excluded.average_price,
                  broker_order_id = coalesce(excluded.broker_order_id, exits.broker_order_id),
                  at = excluded.at
                """))
        .bind("exit", exit.exit())
        .bind("attempt", exit.attempt())
        .bind("clientOrderId", exit.clientOrderId())
        .bind("status", exit.status().name())
        .bind("reason", exit.reason().name())
        .bind("quantity", exit.quantity().value())
        .bind("filled", exit.filled().value())
        .bind("price", exit.averagePrice().map(Price::value).orElse(null))
        .bind("brokerOrderId", exit.brokerOrderId().map(BrokerOrderId::value).orElse(null))
        .bind("planVersion", state.plan().map(plan -> plan.version()).orElse(null))
        .bind("peak", state.basis().map(basis -> basis.peak().value()).orElse(null))
        .bind("at", exit.at())
        .execute();
  }

  private static void writeHistory(Handle handle, PositionState state) {
    Basis basis = state.basis().orElseThrow();
    Instant closedAt = state.fills().getLast().at();
    BigDecimal exitPrice = state.averageExit().orElseThrow().value();
    of(
            state.id(),
            handle.createUpdate(
                """
                insert into position_history (account, symbol, execution_id, direction, strategy,
                  quantity, multiplier, entry_price, exit_price, realised, reason, opened_at,
                  closed_at)
                values (:account, :symbol, :execution, :direction, :strategy, :quantity,
                  :multiplier, :entry, :exit, :realised, :reason, :openedAt, :closedAt)
                on conflict do nothing
                """))
        .bind("direction", basis.direction().name())
        .bind("strategy", state.terms().strategy().name())
        .bind("quantity", state.closed().value())
        .bind("multiplier", basis.instrument().multiplier())
        .bind("entry", basis.entry().value())
        .bind("exit", exitPrice)
        .bind("realised", state.realised().amount())
        .bind("reason", state.exitReason().orElse(ExitReason.CLOSED_ELSEWHERE).name())
        .bind("openedAt", basis.filledAt())
        .bind("closedAt", closedAt)
        .execute();
  }

  @Override
  public void raise(Alert alert) {
    inTransaction(
        alert.position(),
        handle ->
            handle
                .createUpdate(
                    """
                    insert into alerts (account, key, severity, message, raised_at)
                    values (:account, :key, :severity, :message, :at)
                    on conflict do nothing
                    """)
                .bind("account", account.value())
                .bind("key", alert.key())
                .bind("severity", alert.severity().name())
                .bind("message", alert.message())
                .bind("at", alert.at())
                .execute());
  }

  private <T> T inTransaction(PositionId position, Function<Handle, T> work) {
    if (!position.account().equals(account)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "position %s is not of account %s".formatted(position, account), "WRONG_ACCOUNT");
    }
    try {
      return database.jdbi().inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw translated(failure);
    }
  }

  /** A missing table or column is a defect that a person has to mend: loud, and never swallowed. */
  private static ApplicationFailure translated(JdbiException failure) {
    boolean schema =
        failure.getCause() instanceof SQLException sql
            && sql.getSQLState() != null
            && sql.getSQLState().startsWith("42");
    if (schema) {
      log.error("the ledger's schema does not fit this build", failure);
    }
    return ApplicationFailure.newFailureWithCause(
        failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage(),
        schema ? "LEDGER_SCHEMA" : "LEDGER_UNAVAILABLE",
        failure);
  }

  private static <S extends SqlStatement<S>> S of(PositionId position, S statement) {
    return statement
        .bind("account", position.account().value())
        .bind("symbol", position.instrument().symbol())
        .bind("execution", position.execution());
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
