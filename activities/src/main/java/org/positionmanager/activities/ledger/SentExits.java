package org.positionmanager.activities.ledger;

import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.watch.ExitSent;

/**
 * Rows of {@code exits} that the watch writes: what it sent while no workflow could be told. The
 * workflow's own record of the same attempt is never replaced, and replaces this one.
 */
final class SentExits {
  private SentExits() {}

  /** Returns how many rows were written: none where it is known, settled or no longer permitted. */
  static int write(Handle handle, PositionId position, ExitSent sent) {
    ExitRecord exit = sent.record(position, sent.reason());
    return PositionRows.of(
            position,
            exit,
            handle.createUpdate(
                """
                insert into exits (account, symbol, execution_id, exit, attempt, client_order_id,
                  status, reason, quantity, filled, average_price, broker_order_id, plan_version,
                  peak, at)
                select account, symbol, execution_id, :exit, :attempt, :clientOrderId, :status,
                  :reason, :quantity, :filled, cast(:price as numeric), :brokerOrderId,
                  plan_version, :peak, :at
                from positions
                where account = :account and symbol = :symbol and execution_id = :execution
                  and phase not in ('CLOSED', 'NEVER_OPENED') and exits_settled < :exit
                  and (:mayBeAtBroker or exists (select from armed_exits a
                    where (a.account, a.symbol, a.execution_id) = (:account, :symbol, :execution)
                      and a.armed and a.arming = :arming))
                on conflict do nothing
                """))
        .bind("peak", sent.peak().value())
        .bind("mayBeAtBroker", sent.mayBeAtBroker())
        .bind("arming", sent.arming())
        .execute();
  }
}
