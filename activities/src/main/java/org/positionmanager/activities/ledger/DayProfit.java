package org.positionmanager.activities.ledger;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.market.ExchangeZone;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What was realised by real fills: of positions that closed, and of parts of those still open. */
final class DayProfit {
  /** From here on everything. */
  private static final Instant NEVER_ENDS = Instant.parse("9999-01-01T00:00:00Z");

  private DayProfit() {}

  /** When the exchange's day begins, in New York. */
  static Instant day(MarketMoment market) {
    LocalDate day = ExchangeZone.dateOf(market);
    return day.atStartOfDay(ExchangeZone.NEW_YORK).toInstant();
  }

  /** Closed since, whenever it was filled, and what still open positions closed in part since. */
  static Money realised(Handle handle, AccountName account, Instant sinceInclusive) {
    BigDecimal closed =
        handle
            .createQuery(
                """
                select coalesce(sum(realised), 0) from position_history
                where account = :account and closed_at >= :begins
                """)
            .bind("account", account.value())
            .bind("begins", sinceInclusive)
            .mapTo(BigDecimal.class)
            .one();
    return parts(handle, account, sinceInclusive, NEVER_ENDS).stream()
        .map(RealisedPart::realised)
        .reduce(Money.of(closed), Money::plus);
  }

  /** What positions that are open still closed in part, oldest first. */
  static List<RealisedPart> parts(
      Handle handle, AccountName account, Instant fromInclusive, Instant toExclusive) {
    return handle
        .createQuery(
            """
            select p.account, p.symbol, p.execution_id, p.strategy, p.direction, p.entry_price,
              e.reason, e.average_price, e.filled, e.at
            from positions p join exits e using (account, symbol, execution_id)
            where account = :account and p.phase not in ('CLOSED', 'NEVER_OPENED')
              and p.entry_price is not null and e.filled > 0 and e.average_price is not null
              and e.at >= :from and e.at < :to
            order by e.at, p.symbol, p.execution_id, e.exit, e.attempt
            """)
        .bind("account", account.value())
        .bind("from", fromInclusive)
        .bind("to", toExclusive)
        .map((row, context) -> part(row))
        .list();
  }

  private static RealisedPart part(ResultSet row) throws SQLException {
    PositionId id = Columns.position(row);
    Quantity quantity = new Quantity(row.getBigDecimal("filled"));
    return new RealisedPart(
        id,
        Strategy.valueOf(row.getString("strategy")),
        ExitReason.valueOf(row.getString("reason")),
        quantity,
        Direction.valueOf(row.getString("direction"))
            .profit(
                new Price(row.getBigDecimal("entry_price")),
                new Price(row.getBigDecimal("average_price")),
                quantity,
                id.instrument().multiplier()),
        row.getTimestamp("at").toInstant());
  }
}
