package org.positionmanager.worker;

import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.RegisteredLimits;
import org.positionmanager.worker.config.Configuration;

/** Enters an account of the configuration into the ledger's registry. */
public final class AccountRegistration {
  private AccountRegistration() {}

  /**
   * Adds it or brings it up to date, its limits included. Only after its key was checked, so that a
   * wrong one leaves no trace in the registry.
   *
   * @throws IllegalStateException where a name would mean two accounts, or an account another
   *     broker account than it was registered with
   */
  public static void register(LedgerDatabase.Address ledger, Configuration.Account account) {
    try (LedgerDatabase desk = LedgerDatabase.forDesk(ledger, 1)) {
      new AccountRegistry(desk).register(of(account));
      new RegisteredLimits(desk).tell(account.name(), account.limits());
    }
  }

  /** As the registry has it. */
  static AccountRegistry.Registered of(Configuration.Account account) {
    return new AccountRegistry.Registered(
        account.name(),
        account.aliases(),
        account.brokerAccountNumber(),
        account.live(),
        account.tier());
  }
}
