package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.IntakeGate;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/**
 * What an account has, as its gate counts it: by the registered account, whatever its rows call it,
 * and with what was let in and has written nothing down yet.
 */
final class GateLoad {
  private GateLoad() {}

  /** A position that is not final, or is about to begin. */
  private record Counted(IntakeGate.Amount amount, Instant since) {}

  /**
   * Reads it.
   *
   * @param besides not counted
   * @param ofToday whether the day's loss matters
   */
  static IntakeGate.Load of(
      Handle handle, AccountName account, Optional<PositionId> besides, boolean ofToday) {
    List<Counted> coming = coming(handle, account, besides);
    Optional<Money> realised =
        ofToday
            ? ExchangeDays.began(handle, account)
                .map(day -> DayProfit.realised(handle, account, day))
            : Optional.empty();
    return new IntakeGate.Load(
        handle.createQuery("select now()").mapTo(Instant.class).one(),
        Stream.concat(open(handle, account).stream(), coming.stream().map(Counted::amount))
            .toList(),
        Stream.concat(recorded(handle, account).stream(), coming.stream().map(Counted::since))
            .toList(),
        realised);
  }

  /** Before its entry is filled a position is what its row announced. */
  private static List<IntakeGate.Amount> open(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select symbol,
              case when phase = 'AWAITING_ENTRY'
                then greatest(held, coalesce(cast(terms ->> 'quantity' as numeric), 0))
                else held end as quantity,
              coalesce(entry_price, cast(terms ->> 'expectedPrice' as numeric)) as price
            from positions
            where account = :account and phase not in ('CLOSED', 'NEVER_OPENED')
            """)
        .bind("account", account.value())
        .map((row, context) -> amount(row))
        .list();
  }

  private static List<Instant> recorded(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select recorded_at from positions
            where account = :account and recorded_at > now() - interval '1 day'
            """)
        .bind("account", account.value())
        .mapTo(Instant.class)
        .list();
  }

  /** What was let in or taken in and is not recorded; what is not for a week is not under way. */
  private static List<Counted> coming(
      Handle handle, AccountName account, Optional<PositionId> besides) {
    return handle
        .createQuery(
            """
            select m.admitted_symbol as symbol, m.admitted_quantity as quantity,
              m.admitted_price as price, m.admitted_at
            from intake_marks m
            where m.admitted_at > now() - interval '7 days'
              and m.outcome in ('TAKEN', 'WAITING')
              and coalesce(split_part(m.position_id, '/', 1), m.account_name) = :account
              and m.execution_id <> :besides
              and not exists (select from positions p
                where p.account = :account and p.symbol = m.admitted_symbol
                  and p.execution_id::text = m.execution_id)
            """)
        .bind("account", account.value())
        .bind("besides", besides.map(it -> it.execution().toString()).orElse(""))
        .map(
            (row, context) -> new Counted(amount(row), row.getTimestamp("admitted_at").toInstant()))
        .list();
  }

  private static IntakeGate.Amount amount(ResultSet row) throws SQLException {
    return new IntakeGate.Amount(
        Instrument.parse(row.getString("symbol")),
        new Quantity(row.getBigDecimal("quantity")),
        Columns.price(row, "price"));
  }
}
