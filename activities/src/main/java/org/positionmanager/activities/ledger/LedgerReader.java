package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What the ledger knows, for people; all accounts. */
public final class LedgerReader {
  private final LedgerDatabase database;

  public LedgerReader(LedgerDatabase database) {
    this.database = database;
  }

  /** One position's row. */
  public record Row(
      PositionId id,
      Phase phase,
      Quantity held,
      Optional<Price> entry,
      Optional<Price> peak,
      Optional<ExitReason> reason,
      Money realised) {}

  /** Positions by account and symbol; closed ones too where asked. */
  public List<Row> positions(boolean closedToo) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select * from positions
                        where :all or phase not in ('CLOSED', 'NEVER_OPENED')
                        order by account, symbol, execution_id
                        """)
                    .bind("all", closedToo)
                    .map(
                        (row, context) ->
                            new Row(
                                Columns.position(row),
                                Phase.valueOf(row.getString("phase")),
                                new Quantity(row.getBigDecimal("held")),
                                Optional.ofNullable(row.getBigDecimal("entry_price"))
                                    .map(Price::new),
                                Optional.ofNullable(row.getBigDecimal("peak")).map(Price::new),
                                Optional.ofNullable(row.getString("exit_reason"))
                                    .map(ExitReason::valueOf),
                                new Money(row.getBigDecimal("realised"))))
                    .list());
  }

  /** How many rows a table of the ledger has by a condition on the status column. */
  public int exits(String status) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        "select count(*) from exits where status = :status or :status = ''")
                    .bind("status", status)
                    .mapTo(Integer.class)
                    .one());
  }

  /** Rows that wait for a person. */
  public int quarantined() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery("select count(*) from intake_marks where outcome = 'QUARANTINED'")
                    .mapTo(Integer.class)
                    .one());
  }
}
