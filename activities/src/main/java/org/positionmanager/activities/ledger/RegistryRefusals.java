package org.positionmanager.activities.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;

/** What must not be registered: each throws an {@link IllegalStateException} that says the fix. */
final class RegistryRefusals {
  private RegistryRefusals() {}

  /** All that may be wrong with an account as a configuration has it, in one go. */
  static void any(Handle handle, AccountRegistry.Registered account) {
    otherBrokerAccount(handle, account);
    if (!RegistryComparison.mayRegister(handle)) {
      RegistryComparison.require(handle, account);
      return;
    }
    takenBrokerAccount(handle, account);
    ambiguity(handle, account.name(), account.aliases());
    otherMoney(handle, account);
  }

  private static void otherMoney(Handle handle, AccountRegistry.Registered account) {
    AccountRegistry.find(handle, account.name().value())
        .filter(it -> it.live() != account.live())
        .ifPresent(
            it -> {
              throw new IllegalStateException(
                  "account %s is registered for %s money, but the configuration says live: %s; correct it, or start a worker with it where that is meant"
                      .formatted(account.name(), it.live() ? "real" : "paper", account.live()));
            });
  }

  static void takenBrokerAccount(Handle handle, AccountRegistry.Registered account) {
    handle
        .createQuery(
            "select name from accounts where broker_account_number = :number and name <> :name")
        .bind("number", account.brokerNumber())
        .bind("name", account.name().value())
        .mapTo(String.class)
        .findFirst()
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  "broker account %s is registered as account %s; give %s an alias instead of registering it again"
                      .formatted(account.brokerNumber(), other, other));
            });
  }

  static void otherBrokerAccount(Handle handle, AccountRegistry.Registered account) {
    handle
        .createQuery(
            "select broker_account_number from accounts"
                + " where name = :name and broker_account_number <> :number")
        .bind("name", account.name().value())
        .bind("number", account.brokerNumber())
        .mapTo(String.class)
        .findFirst()
        .ifPresent(
            registered -> {
              throw new IllegalStateException(
                  "account %s is registered with broker account %s, not %s; correct"
                          .formatted(account.name(), registered, account.brokerNumber())
                      + " brokerAccountNumber, or give the new broker account a name of its own");
            });
  }

  /** A name that moved from one account to another would mix their rows. */
  static void ambiguity(Handle handle, AccountName account, List<String> aliases) {
    List<String> names = new ArrayList<>(aliases);
    names.add(account.value());
    handle
        .createQuery(
            """
            select alias || ' of account ' || account from account_aliases
              where alias in (<names>) and account <> :name
            union
            select name || ' of account ' || name from accounts
              where name in (<names>) and name <> :name
            """)
        .bindList("names", names)
        .bind("name", account.value())
        .mapTo(String.class)
        .findFirst()
        .ifPresent(
            taken -> {
              throw new IllegalStateException(
                  "account %s cannot take the name %s; give each account names of its own"
                      .formatted(account, taken));
            });
  }
}
