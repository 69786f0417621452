package org.positionmanager.activities.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;

/** The one row that says how a position ended. */
final class HistoryRow {
  private HistoryRow() {}

  static void write(Handle handle, PositionState state) {
    if (state.basis().isEmpty() || state.fills().isEmpty()) {
      throw LedgerFailure.refused(
          state.id(), "it is said to be closed, but there is no fill; compare with the broker");
    }
    Basis basis = state.basis().get();
    Instant closedAt = state.fills().getLast().at();
    BigDecimal exitPrice = state.averageExit().orElseThrow().value();
    PositionRows.of(
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
}
