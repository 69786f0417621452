package org.positionmanager.worker;

import io.micrometer.core.instrument.MeterRegistry;
import org.positionmanager.workflows.identity.AccountName;

/** The meters of one account, which go with what they measure. */
final class AccountMeters {
  /** Of the whole desk, by account: they measure the ledger. */
  private static final String OF_THE_DESK = "alerts.";

  private AccountMeters() {}

  /**
   * Forgets them: a gauge of the same name that is registered later would else be the old one's,
   * for ever of something that has ended.
   */
  static void forget(MeterRegistry meters, AccountName account) {
    meters.getMeters().stream()
        .filter(meter -> account.value().equals(meter.getId().getTag("account")))
        .filter(meter -> !meter.getId().getName().startsWith(OF_THE_DESK))
        .forEach(meters::remove);
  }
}
