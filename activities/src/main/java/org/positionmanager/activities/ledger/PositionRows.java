package org.positionmanager.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** The rows of one position while it lives: itself, its events and its exits. */
final class PositionRows {
  /** Of an event {@code e}: only what followed the last OPENED counts. */
  static final String SINCE_OPENED_LAST =
      """
      e.sequence > coalesce((select max(o.sequence) from position_events o
        where (o.account, o.symbol, o.execution_id) = (e.account, e.symbol, e.execution_id)
          and o.type = 'OPENED'), 0)
      """;

  private final ObjectMapper json = Payloads.mapper();

  /** Binds the position's key as {@code account}, {@code symbol} and {@code execution}. */
  static <S extends SqlStatement<S>> S of(PositionId position, S statement) {
    return statement
        .bind("account", position.account().value())
        .bind("symbol", position.instrument().symbol())
        .bind("execution", position.execution());
  }

  /** The same, and what an exit of it is. */
  static <S extends SqlStatement<S>> S of(PositionId position, ExitRecord exit, S statement) {
    return of(position, statement)
        .bind("exit", exit.exit())
        .bind("attempt", exit.attempt())
        .bind("clientOrderId", exit.clientOrderId())
        .bind("status", exit.status().name())
        .bind("reason", exit.reason().name())
        .bind("quantity", exit.quantity().value())
        .bind("filled", exit.filled().value())
        .bind("price", exit.averagePrice().map(Price::value).orElse(null))
        .bind("brokerOrderId", exit.brokerOrderId().map(BrokerOrderId::value).orElse(null))
        .bind("at", exit.at());
  }

  /** Reads the plan of a row as it was written. */
  Plan plan(String text) throws JsonProcessingException {
    return json.readValue(text, Plan.class);
  }

  /** Returns whether the state is no older than what is written: a late write changes nothing. */
  boolean writePosition(Handle handle, PositionState state) {
    Optional<Basis> basis = state.basis();
    return of(
                state.id(),
                handle.createUpdate(
                    """
                insert into positions (account, symbol, execution_id, phase, direction, strategy,
                  quantity, held, entry_price, peak, plan_version, plan, exits_settled, exit_reason,
                  realised, last_event, opened_at, paused_because, terms)
                values (:account, :symbol, :execution, :phase, :direction, :strategy, :quantity,
                  :held, :entry, :peak, :planVersion, cast(:plan as jsonb), :settled, :reason,
                  :realised, :lastEvent, :openedAt, :paused, cast(:terms as jsonb))
                on conflict (account, symbol, execution_id) do update set
                  phase = excluded.phase, quantity = excluded.quantity, held = excluded.held,
                  entry_price = excluded.entry_price, peak = excluded.peak,
                  plan_version = excluded.plan_version, plan = excluded.plan,
                  exits_settled = excluded.exits_settled, exit_reason = excluded.exit_reason,
                  realised = excluded.realised, last_event = excluded.last_event,
                  opened_at = excluded.opened_at, paused_because = excluded.paused_because,
                  terms = excluded.terms, updated_at = now()
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
            .bind("paused", state.pausedBecause().orElse(null))
            .bind("terms", text(state.terms()))
            .execute()
        > 0;
  }

  /** Counts a closed position's new events; returns false where it is not closed, or not known. */
  static boolean countEventsOfClosed(Handle handle, PositionState state) {
    return of(
                state.id(),
                handle.createUpdate(
                    """
                    update positions
                    set last_event = greatest(last_event, :lastEvent), updated_at = now()
                    where account = :account and symbol = :symbol and execution_id = :execution
                      and phase = 'CLOSED'
                    """))
            .bind("lastEvent", state.events())
            .execute()
        > 0;
  }

  void writeEvent(Handle handle, PositionId position, PositionEvent event) {
    writeEvent(handle, position, event, Optional.empty());
  }

  /**
   * The same of what is no news.
   *
   * @param recordedAt since when it counts as known; empty for now
   */
  void writeEvent(
      Handle handle, PositionId position, PositionEvent event, Optional<Instant> recordedAt) {
    of(
            position,
            handle.createUpdate(
                """
                insert into position_events (account, symbol, execution_id, sequence, type, at, text,
                  details, recorded_at)
                values (:account, :symbol, :execution, :sequence, :type, :at, :text,
                  cast(:details as jsonb), coalesce(cast(:recordedAt as timestamptz), now()))
                on conflict do nothing
                """))
        .bind("sequence", event.sequence())
        .bind("type", event.type().name())
        .bind("at", event.at())
        .bind("text", event.text())
        .bind("details", text(event.details()))
        .bind("recordedAt", recordedAt.orElse(null))
        .execute();
  }

  /** What closed and what split it since it was opened last, oldest first. */
  List<PositionEvent> past(Handle handle, PositionId position) {
    return of(
            position,
            handle.createQuery(
                """
                select sequence, type, at, text, details from position_events e
                where account = :account and symbol = :symbol and execution_id = :execution
                  and type in ('FILLED', 'CLOSED_ELSEWHERE', 'SPLIT')
                  and %s
                order by sequence
                """
                    .formatted(SINCE_OPENED_LAST)))
        .map((row, context) -> event(row))
        .list();
  }

  /** A row of {@code position_events}. */
  PositionEvent event(ResultSet row) throws SQLException {
    return new PositionEvent(
        row.getInt("sequence"),
        PositionEvent.Type.valueOf(row.getString("type")),
        row.getTimestamp("at").toInstant(),
        row.getString("text"),
        details(row.getString("details")));
  }

  private Map<String, String> details(String text) {
    try {
      return json.readValue(text, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ledger has details that cannot be read: " + text, e);
    }
  }

  /** Plan version and peak stay those by which the order was sent, whatever comes afterwards. */
  void writeExit(Handle handle, PositionState state, ExitRecord exit) {
    of(
            state.id(),
            exit,
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
                  reason = excluded.reason, at = excluded.at,
                  plan_version = case when excluded.status in ('ARMED', 'INTENDED')
                    then excluded.plan_version else exits.plan_version end,
                  peak = case when excluded.status in ('ARMED', 'INTENDED')
                    then excluded.peak else exits.peak end
                """))
        .bind("planVersion", state.plan().map(plan -> plan.version()).orElse(null))
        .bind("peak", state.basis().map(basis -> basis.peak().value()).orElse(null))
        .execute();
  }

  /** All attempts at exits, oldest first. */
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

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }
}
