package org.positionmanager.starter.migrate;

import java.util.Optional;
import java.util.function.Function;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.identity.AccountName;

/**
 * What the old system's account names lead to: accounts of {@code pm.yaml}, and registered ones.
 */
final class OldAccounts {
  private OldAccounts() {}

  /**
   * @param registered what the ledger's registry says, which knows of accounts that were taken out
   *     of use; empty for everything where there is none
   */
  static Function<String, Optional<AccountRegistry.Found>> of(
      Configuration configuration, Function<String, Optional<AccountRegistry.Found>> registered) {
    return name ->
        configuration.accounts().stream()
            .filter(
                account -> account.name().value().equals(name) || account.aliases().contains(name))
            .findFirst()
            .map(
                account ->
                    registered
                        .apply(account.name().value())
                        .orElse(new AccountRegistry.Found(account.name(), true, account.live())))
            .or(() -> name.isEmpty() ? Optional.empty() : registered.apply(name));
  }

  /** What rows of an account are called, and how many there are. */
  record Line(String oldName, Optional<AccountName> account, OldTable table, int rows) {}
}
