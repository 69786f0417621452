package org.positionmanager.activities.alert;

import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.market.MarketMoment;

/** What alerts are judged by, read from the ledger only, and kept there. */
public interface AlertInputs {
  /**
   * One account at this moment.
   *
   * @param market empty where it cannot be told
   */
  AccountSnapshot account(AccountName account, Optional<MarketMoment> market);

  /** Every active account. */
  List<AccountLiveness> liveness();

  /**
   * Notes that a worker serves an account without a watch: it counts as heard of.
   *
   * @param holder the worker, for people
   */
  void served(AccountName account, String holder);
}
