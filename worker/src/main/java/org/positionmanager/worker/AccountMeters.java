package org.positionmanager.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.worker.config.Configuration;
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

  /**
   * What kind of account it is, as tags to join others by: a gauge that is always 1. A tier that
   * the configuration does not say is "none".
   */
  static void describe(MeterRegistry meters, Configuration.Account account) {
    Gauge.builder("account.info", () -> 1)
        .description("Always 1: what kind of account it is, as tags")
        .tag("account", account.name().value())
        .tag("tier", account.tier().map(AccountTier::word).orElse("none"))
        .tag("money", account.live() ? "live" : "paper")
        .register(meters);
  }
}
