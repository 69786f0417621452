package org.positionmanager.activities.ledger;

import java.util.List;
import java.util.Map;
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
   * @param tier a word for people; empty to leave what is registered
   */
  public record Registered(
      AccountName name,
      List<String> aliases,
      String brokerNumber,
      boolean live,
      Optional<AccountTier> tier) {
    public Registered {
      aliases = List.copyOf(aliases);
    }

    /** With no word on its tier. */
    public Registered(AccountName name, List<String> aliases, String brokerNumber, boolean live) {
      this(name, aliases, brokerNumber, live, Optional.empty());
    }
  }

  /**
   * Adds an account or brings it up to date. One that a person took out of use stays so. Where the
   * login is not the ledger's owner, who alone registers accounts, it is compared with the
   * registry.
   *
   * @throws IllegalStateException where a name would mean two accounts, or an account another
   *     broker account than it was registered with, or the login may not have it as it is
   */
  public void register(Registered account) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              RegistryRefusals.otherBrokerAccount(handle, account);
              if (!RegistryComparison.mayRegister(handle)) {
                RegistryComparison.require(handle, account);
                return;
              }
              RegistryRefusals.takenBrokerAccount(handle, account);
              handle
                  .createUpdate(
                      """
                      insert into accounts (name, broker_account_number, live, tier)
                      values (:name, :number, :live, :tier)
                      on conflict (name) do update
                      set broker_account_number = excluded.broker_account_number,
                          live = excluded.live, tier = coalesce(excluded.tier, accounts.tier)
                      """)
                  .bind("name", account.name().value())
                  .bind("number", account.brokerNumber())
                  .bind("live", account.live())
                  .bind("tier", account.tier().map(AccountTier::word).orElse(null))
                  .execute();
              addAliases(handle, account.name(), account.aliases());
            });
  }

  /**
   * What {@link #register} would refuse, or would change from real money to paper or back; empty
   * where it would do neither. Changes nothing.
   */
  public Optional<String> objection(Registered account) {
    try {
      database.jdbi().useTransaction(handle -> RegistryRefusals.any(handle, account));
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Adds an account that is not registered yet.
   *
   * @param notes what people should know of it
   * @throws IllegalStateException where its name, an alias or its broker account is taken
   */
  public void add(Registered account, Optional<String> notes) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              RegistryRefusals.takenBrokerAccount(handle, account);
              int added =
                  handle
                      .createUpdate(
                          """
                          insert into accounts (name, broker_account_number, live, tier, notes)
                          values (:name, :number, :live, :tier, :notes)
                          on conflict (name) do nothing
                          """)
                      .bind("name", account.name().value())
                      .bind("number", account.brokerNumber())
                      .bind("live", account.live())
                      .bind("tier", account.tier().map(AccountTier::word).orElse(null))
                      .bind("notes", notes.orElse(null))
                      .execute();
              if (added == 0) {
                throw new IllegalStateException(
                    "account %s is registered already; see `pm accounts show %s`"
                        .formatted(account.name(), account.name()));
              }
              addAliases(handle, account.name(), account.aliases());
            });
  }

  /**
   * Gives an account further names.
   *
   * @throws IllegalStateException where one of them leads to another account
   */
  public void alias(AccountName account, List<String> aliases) {
    database.jdbi().useTransaction(handle -> addAliases(handle, account, aliases));
  }

  /** Takes a name away from an account; returns false where it had none such. */
  public boolean unalias(AccountName account, String alias) {
    return changes(
        "delete from account_aliases where account = :name and alias = :alias",
        Map.of("name", account.value(), "alias", alias));
  }

  /**
   * Takes an account into use or out of it: then its intake takes in nothing new, and nobody syncs
   * it; what is open goes on being watched. Returns whether that changed anything.
   */
  public boolean setActive(AccountName account, boolean active) {
    return changes(
        "update accounts set active = :active where name = :name and active <> :active",
        Map.of("name", account.value(), "active", active));
  }

  private boolean changes(String statement, Map<String, ?> values) {
    return database
            .jdbi()
            .inTransaction(handle -> handle.createUpdate(statement).bindMap(values).execute())
        > 0;
  }

  private static void addAliases(Handle handle, AccountName account, List<String> aliases) {
    RegistryRefusals.ambiguity(handle, account, aliases);
    for (String alias : aliases) {
      handle
          .createUpdate(
              """
              insert into account_aliases (alias, account) values (:alias, :name)
              on conflict (alias) do update set account = excluded.account
              """)
          .bind("alias", alias)
          .bind("name", account.value())
          .execute();
    }
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
    return database.jdbi().inTransaction(handle -> find(handle, nameOrAlias));
  }

  static Optional<Found> find(Handle handle, String nameOrAlias) {
    return handle
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
        .findOne();
  }

  /** All active accounts, by name. */
  public List<Registered> list() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select name, broker_account_number, live, tier,
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
                                row.getBoolean("live"),
                                Optional.ofNullable(row.getString("tier")).map(AccountTier::new)))
                    .list());
  }
}
