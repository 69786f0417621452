package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Quantity;

/**
 * Accounts' limits in table {@code account_limits}, as the worker that serves an account has them,
 * for who has no configuration of it: the intake, people.
 */
public final class RegisteredLimits {
  private final LedgerDatabase database;

  public RegisteredLimits(LedgerDatabase database) {
    this.database = database;
  }

  /** Writes down what holds from now on; without effect where it holds already. */
  public void tell(AccountName account, AccountLimits limits) {
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into account_limits as l (account, positions, notional, contracts,
                          daily_loss, rapid_positions, rapid_within, gate)
                        values (:account, :positions, :notional, :contracts, :dailyLoss,
                          :rapidPositions, cast(:rapidWithin as interval), :gate)
                        on conflict (account) do update set
                          positions = excluded.positions, notional = excluded.notional,
                          contracts = excluded.contracts, daily_loss = excluded.daily_loss,
                          rapid_positions = excluded.rapid_positions,
                          rapid_within = excluded.rapid_within, gate = excluded.gate,
                          since = clock_timestamp()
                        where (l.positions, l.notional, l.contracts, l.daily_loss,
                            l.rapid_positions, l.rapid_within, l.gate)
                          is distinct from (excluded.positions, excluded.notional,
                            excluded.contracts, excluded.daily_loss, excluded.rapid_positions,
                            excluded.rapid_within, excluded.gate)
                        """)
                    .bind("account", account.value())
                    .bind("positions", limits.positions().orElse(null))
                    .bind("notional", limits.notional().map(Money::amount).orElse(null))
                    .bind("contracts", limits.contracts().map(Quantity::value).orElse(null))
                    .bind("dailyLoss", limits.dailyLoss().map(Money::amount).orElse(null))
                    .bind(
                        "rapidPositions",
                        limits
                            .rapidCreation()
                            .map(AccountLimits.RapidCreation::positions)
                            .orElse(null))
                    .bind(
                        "rapidWithin",
                        limits.rapidCreation().map(it -> it.within().toString()).orElse(null))
                    .bind("gate", limits.gate())
                    .execute());
  }

  /** Empty where no worker has told them yet, which is not the same as that there are none. */
  static Optional<AccountLimits> find(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select *, extract(epoch from rapid_within) as rapid_seconds
            from account_limits where account = :account
            """)
        .bind("account", account.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Reads a row with {@code rapid_seconds}. */
  static AccountLimits read(ResultSet row) throws SQLException {
    int rapid = row.getInt("rapid_positions");
    return new AccountLimits(
        Optional.ofNullable(row.getObject("positions", Integer.class)),
        Optional.ofNullable(row.getBigDecimal("notional")).map(Money::of),
        Optional.ofNullable(row.getBigDecimal("contracts")).map(Quantity::new),
        Optional.ofNullable(row.getBigDecimal("daily_loss")).map(Money::of),
        Optional.ofNullable(row.getBigDecimal("rapid_seconds"))
            .map(
                it ->
                    new AccountLimits.RapidCreation(
                        rapid, Duration.ofMillis(it.movePointRight(3).longValue()))),
        row.getBoolean("gate"));
  }
}
