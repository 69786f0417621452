package org.positionmanager.activities.ledger;

import java.time.LocalDate;
import org.positionmanager.activities.alert.KillSwitch;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.value.Money;

/** Rows of {@code kill_switch_days}: an account has one for each day on which it tripped. */
public final class KillSwitchDays implements KillSwitch.Days {
  private final LedgerDatabase database;

  /**
   * @param database opened for the desk
   */
  public KillSwitchDays(LedgerDatabase database) {
    this.database = database;
  }

  @Override
  public boolean trip(AccountName account, LocalDate day, Money lost, Money bound) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              handle
                  .createUpdate(
                      """
                      insert into kill_switch_days (account, day, lost, bound)
                      values (:account, :day, :lost, :bound) on conflict do nothing
                      """)
                  .bind("account", account.value())
                  .bind("day", day)
                  .bind("lost", lost.amount())
                  .bind("bound", bound.amount())
                  .execute();
              return handle
                  .createQuery(
                      """
                      select started_at is null from kill_switch_days
                      where account = :account and day = :day
                      """)
                  .bind("account", account.value())
                  .bind("day", day)
                  .mapTo(Boolean.class)
                  .one();
            });
  }

  @Override
  public void started(AccountName account, LocalDate day) {
    database
        .jdbi()
        .useTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        update kill_switch_days set started_at = now()
                        where account = :account and day = :day and started_at is null
                        """)
                    .bind("account", account.value())
                    .bind("day", day)
                    .execute());
  }
}
