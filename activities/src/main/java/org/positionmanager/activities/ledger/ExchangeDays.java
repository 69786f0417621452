package org.positionmanager.activities.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;

/**
 * When the exchange's day began, in table {@code exchange_days}: told by an account's workers, who
 * have its clock, for the intake, which has not.
 */
public final class ExchangeDays {
  private final LedgerDatabase database;

  public ExchangeDays(LedgerDatabase database) {
    this.database = database;
  }

  /** Tells the day; what is not told again for a minute counts as not known. */
  public void tell(AccountName account, MarketMoment market) {
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        insert into exchange_days (account, began_at) values (:account, :began)
                        on conflict (account) do update
                        set began_at = excluded.began_at, seen_at = now()
                        """)
                    .bind("account", account.value())
                    .bind("began", DayProfit.day(market))
                    .execute());
  }

  /** When the account's day began at the exchange; empty where that was not told lately. */
  static Optional<Instant> began(Handle handle, AccountName account) {
    return handle
        .createQuery(
            """
            select began_at from exchange_days
            where account = :account and seen_at > now() - interval '1 minute'
            """)
        .bind("account", account.value())
        .mapTo(Instant.class)
        .findOne();
  }
}
