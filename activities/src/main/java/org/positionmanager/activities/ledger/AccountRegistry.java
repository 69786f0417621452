package org.positionmanager.activities.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;

/** The one place that says which accounts exist and by what names. */
public final class AccountRegistry {
  private final LedgerDatabase database;

  public AccountRegistry(LedgerDatabase database) {
    this.database = database;
  }

  /**
   * An account as registered.
   *
   * @param brokerNumber the broker's account number, against which keys are checked
   * @param live real money
   */
  public record Registered(
      AccountName name, List<String> aliases, String brokerNumber, boolean live) {
    public Registered {
      aliases = List.copyOf(aliases);
    }
  }

  /**
   * Adds an account or brings it up to date.
   *
   * @throws IllegalStateException where a name would mean two accounts, or an account another
   *     broker account than it was registered with
   */
  public void register(Registered account) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              refuseOtherBrokerAccount(handle, account);
              handle
                  .createUpdate(
                      """
                      insert into accounts (name, broker_account_number, live)
                      values (:name, :number, :live)
                      on conflict (name) do update
                      set broker_account_number = excluded.broker_account_number,
                          live = excluded.live, active = true
                      """)
                  .bind("name", account.name().value())
                  .bind("number", account.brokerNumber())
                  .bind("live", account.live())
                  .execute();
              refuseAmbiguity(handle, account);
              for (String alias : account.aliases()) {
                handle
                    .createUpdate(
                        """
                        insert into account_aliases (alias, account) values (:alias, :name)
                        on conflict (alias) do update set account = excluded.account
                        """)
                    .bind("alias", alias)
                    .bind("name", account.name().value())
                    .execute();
              }
            });
  }

  private static void refuseOtherBrokerAccount(Handle handle, Registered account) {
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
  private static void refuseAmbiguity(Handle handle, Registered account) {
    List<String> names = new ArrayList<>(account.aliases());
    names.add(account.name().value());
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
        .bind("name", account.name().value())
        .mapTo(String.class)
        .findFirst()
        .ifPresent(
            taken -> {
              throw new IllegalStateException(
                  "account %s cannot take the name %s; give each account names of its own"
                      .formatted(account.name(), taken));
            });
  }

  /** The active account that goes by this name or alias; empty where none does. */
  public Optional<AccountName> resolve(String nameOrAlias) {
    return find(nameOrAlias).filter(Found::active).map(Found::name);
  }

  /**
   * What a name or alias leads to.
   *
   * @param live real money
   * @param active false where the account was taken out of use: nothing new is taken in for it
   */
  public record Found(AccountName name, boolean active, boolean live) {}

  /** The account that goes by this name or alias, in use or not; empty where none does. */
  public Optional<Found> find(String nameOrAlias) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select name, active, live from accounts
                        where name = :it
                          or name = (select account from account_aliases where alias = :it)
                        """)
                    .bind("it", nameOrAlias)
                    .map(
                        (row, context) ->
                            new Found(
                                new AccountName(row.getString("name")),
                                row.getBoolean("active"),
                                row.getBoolean("live")))
                    .findOne());
  }

  /** All active accounts, by name. */
  public List<Registered> list() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select name, broker_account_number, live,
                          array(select alias from account_aliases where account = name order by 1)
                            as aliases
                        from accounts where active order by name
                        """)
                    .map(
                        (row, context) ->
                            new Registered(
                                new AccountName(row.getString("name")),
                                List.of((String[]) row.getArray("aliases").getArray()),
                                row.getString("broker_account_number"),
                                row.getBoolean("live")))
                    .list());
  }
}
