package org.positionmanager.activities.ledger;

import java.sql.Timestamp;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.SeenQuote;
import org.positionmanager.workflows.value.Price;

/** The quotes that positions were judged by, as far as they were recorded. */
public final class PositionQuotes {
  private final LedgerDatabase database;

  public PositionQuotes(LedgerDatabase database) {
    this.database = database;
  }

  /** Those of one position in the order in which they were seen; empty where none was recorded. */
  public List<KeptQuote> of(PositionId position) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                PositionRows.of(
                        position,
                        handle.createQuery(
                            """
                            select * from position_quotes
                            where account = :account and symbol = :symbol
                              and execution_id = :execution
                            order by seen_at, quoted_at, bid, ask
                            """))
                    .map(
                        (row, context) ->
                            new KeptQuote(
                                new SeenQuote(
                                    row.getTimestamp("seen_at").toInstant(),
                                    new Quote(
                                        new Price(row.getBigDecimal("bid")),
                                        new Price(row.getBigDecimal("ask")),
                                        row.getTimestamp("quoted_at").toInstant())),
                                row.getInt("plan_version"),
                                KeptQuote.Why.valueOf(row.getString("why"))))
                    .list());
  }

  /** Adds what is not there yet, in one batch; the position's own row has to be there. */
  static void write(Handle handle, PositionId position, List<KeptQuote> kept) {
    if (kept.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into position_quotes (account, symbol, execution_id, seen_at, quoted_at, bid,
              ask, plan_version, why)
            values (:account, :symbol, :execution, :seenAt, :quotedAt, :bid, :ask, :planVersion,
              :why)
            on conflict do nothing
            """);
    for (KeptQuote quote : kept) {
      PositionRows.of(position, batch)
          .bind("seenAt", Timestamp.from(quote.at()))
          .bind("quotedAt", Timestamp.from(quote.seen().quote().at()))
          .bind("bid", quote.seen().quote().bid().value())
          .bind("ask", quote.seen().quote().ask().value())
          .bind("planVersion", quote.planVersion())
          .bind("why", quote.why().name())
          .add();
    }
    batch.execute();
  }
}
