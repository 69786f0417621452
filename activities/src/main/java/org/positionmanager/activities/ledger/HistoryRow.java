package org.positionmanager.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;

/** The one row that says how a position ended: prices per unit, profit in US dollars. */
final class HistoryRow {
  private HistoryRow() {}

  /**
   * Writes it, or finds the same row written already.
   *
   * @throws io.temporal.failure.ApplicationFailure naming every difference where the position was
   *     closed before in another way: which of the two is true, only the broker's fills can tell
   */
  static void write(Handle handle, PositionState state) {
    if (state.basis().isEmpty() || state.fills().isEmpty()) {
      throw LedgerFailure.refused(
          state.id(), "it is said to be closed, but there is no fill; compare with the broker");
    }
    if (insert(handle, state)) {
      return;
    }
    List<String> differences = differences(handle, state);
    if (!differences.isEmpty()) {
      throw LedgerFailure.refused(
          state.id(),
          "its history was written before and differs: "
              + String.join("; ", differences)
              + "; compare both with the broker's fills, and correct or remove the row in"
              + " position_history if it is the wrong one");
    }
  }

  private static boolean insert(Handle handle, PositionState state) {
    return bound(
                state,
                handle.createUpdate(
                    """
                    insert into position_history (account, symbol, execution_id, direction,
                      strategy, quantity, multiplier, entry_price, exit_price, realised, reason,
                      opened_at, closed_at)
                    values (:account, :symbol, :execution, :direction, :strategy, :quantity,
                      :multiplier, :entry, :exit, :realised, :reason, :openedAt, :closedAt)
                    on conflict do nothing
                    """))
            .execute()
        > 0;
  }

  /** Compared by the database, which rounds both alike: as JSON, 7.2 and 7.20 are one number. */
  private static List<String> differences(Handle handle, PositionState state) {
    return bound(
            state,
            handle.createQuery(
                """
                with now as (
                  select :direction as direction, :strategy as strategy,
                    cast(:quantity as numeric) as quantity, cast(:multiplier as int) as multiplier,
                    cast(:entry as numeric) as entry_price, cast(:exit as numeric) as exit_price,
                    cast(:realised as numeric) as realised, :reason as reason,
                    cast(:openedAt as timestamptz) as opened_at,
                    cast(:closedAt as timestamptz) as closed_at
                )
                select format('%s %s, now %s', key, w.value #>> '{}', n.value #>> '{}')
                from position_history h, now, jsonb_each(to_jsonb(h)) w
                join lateral jsonb_each(to_jsonb(now)) n using (key)
                where h.account = :account and h.symbol = :symbol and h.execution_id = :execution
                  and w.value <> n.value
                order by key
                """))
        .mapTo(String.class)
        .list();
  }

  private static <S extends SqlStatement<S>> S bound(PositionState state, S statement) {
    Basis basis = state.basis().orElseThrow();
    return PositionRows.of(state.id(), statement)
        .bind("direction", basis.direction().name())
        .bind("strategy", state.terms().strategy().name())
        .bind("quantity", state.closed().value())
        .bind("multiplier", basis.instrument().multiplier())
        .bind("entry", basis.entry().value())
        .bind("exit", state.averageExit().orElseThrow().value())
        .bind("realised", state.realised().amount())
        .bind("reason", state.exitReason().orElse(ExitReason.CLOSED_ELSEWHERE).name())
        .bind("openedAt", basis.filledAt())
        .bind("closedAt", state.fills().getLast().at());
  }
}
