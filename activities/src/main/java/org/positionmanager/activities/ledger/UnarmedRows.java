package org.positionmanager.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.watch.Unarmed;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Positions that hold something and of which no exit is armed. */
final class UnarmedRows {
  private UnarmedRows() {}

  static List<Unarmed> of(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select p.account, p.symbol, p.execution_id, p.direction, p.held, p.entry_price
            from positions p left join armed_exits a using (account, symbol, execution_id)
            where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED') and p.held > 0
              and p.entry_price is not null and not coalesce(a.armed, false)
            """)
        .bind("account", account.value())
        .map(
            (row, context) ->
                new Unarmed(
                    Columns.position(row),
                    Direction.valueOf(row.getString("direction")),
                    new Quantity(row.getBigDecimal("held")),
                    new Price(row.getBigDecimal("entry_price"))))
        .list();
  }
}
