package org.positionmanager.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The registry as a login sees it that may not write it, beside what its configuration says. */
final class RegistryComparison {
  private RegistryComparison() {}

  /** Whether the login may; only the ledger's owner should. */
  static boolean mayRegister(Handle handle) {
    return handle
        .createQuery("select has_table_privilege('accounts', 'INSERT')")
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * @throws IllegalStateException where what the login sees of the account is not what its
   *     configuration says, or nothing
   */
  static void require(Handle handle, AccountRegistry.Registered account) {
    AccountRegistry.Found found =
        AccountRegistry.find(handle, account.name().value())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "account %s is not registered, or this login was not granted it; let the ledger's owner run `pm accounts add %s --number %s` and `pm database grant LOGIN --as worker --account %s`"
                            .formatted(
                                account.name(),
                                account.name(),
                                account.brokerNumber(),
                                account.name())));
    if (found.live() != account.live()) {
      throw new IllegalStateException(
          "account %s is registered for %s money, but the configuration says live: %s; correct it, or let the ledger's owner start a worker with it once"
              .formatted(account.name(), found.live() ? "real" : "paper", account.live()));
    }
    List<String> unknown =
        account.aliases().stream()
            .filter(
                alias ->
                    AccountRegistry.find(handle, alias)
                        .map(AccountRegistry.Found::name)
                        .filter(account.name()::equals)
                        .isEmpty())
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "account %s is not registered with alias %s; let the ledger's owner run `pm accounts alias %s %s`"
              .formatted(
                  account.name(),
                  String.join(", ", unknown),
                  account.name(),
                  String.join(" ", unknown)));
    }
  }
}
