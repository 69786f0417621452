package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.positionmanager.workflows.identity.AccountName;

/**
 * The logins that may use the ledger beside its owner, each for one duty: a worker's sees the
 * accounts that it was granted and no others, whatever it asks or sets; an intake's and a reader's
 * see all, and may do no more than their duty needs. Logins and their passwords are the server's
 * matter: nothing here makes one.
 */
public final class LedgerLogins {
  private static final String LOGINS =
      """
      select login, duty, array(select account::text from account_grants g
        where g.login = l.login order by account) as accounts
      from logins l
      """;

  private final LedgerDatabase database;

  /**
   * @param database opened for the desk, as the ledger's owner
   */
  public LedgerLogins(LedgerDatabase database) {
    this.database = database;
  }

  /** What a login is for. */
  public enum Duty {
    /** Serves the accounts that it was granted. */
    WORKER,
    /** Takes dispatchers' rows in, of all accounts, and changes no position. */
    INTAKE,
    /** Reads everything and changes nothing. */
    READER;

    /** The group role that has the duty's privileges. */
    public String role() {
      return "pm_" + words();
    }

    /** For people. */
    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A login that was set up.
   *
   * @param accounts that a worker's login was granted; empty for other duties, which have all
   */
  public record Login(String name, Duty duty, List<AccountName> accounts) {
    public Login {
      accounts = List.copyOf(accounts);
    }
  }

  /** All of them, by name. */
  public List<Login> list() {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle.createQuery(LOGINS + " order by login").map((row, at) -> login(row)).list());
  }

  /**
   * Sets a login up for a duty, or grants a worker's further accounts.
   *
   * @param accounts for a worker's login at least one; for others none
   * @return what the login is now
   * @throws IllegalStateException where row level security would not hold the login, or it has
   *     another duty, or listing what an administrator has to run; then nothing was changed
   */
  public Login grant(String login, Duty duty, Collection<AccountName> accounts) {
    if ((duty == Duty.WORKER) == accounts.isEmpty()) {
      throw new IllegalStateException(
          duty == Duty.WORKER
              ? "a worker's login sees the accounts that it was granted; name at least one"
              : "a login for %s sees all accounts; name none".formatted(duty.words()));
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              LoginCheck.require(handle, login, duty);
              find(handle, login).ifPresent(known -> refuseOtherDuty(known, duty));
              LoginCheck.becomeMember(handle, login, duty);
              handle
                  .createUpdate(
                      """
                      insert into logins (login, duty) values (:login, :duty)
                      on conflict (login) do nothing
                      """)
                  .bind("login", login)
                  .bind("duty", duty.name())
                  .execute();
              accounts.forEach(account -> grant(handle, login, account));
              return find(handle, login).orElseThrow();
            });
  }

  private static void refuseOtherDuty(Login known, Duty duty) {
    if (known.duty() != duty) {
      throw new IllegalStateException(
          "login %s is set up as %s; revoke that first, or give the %s a login of its own"
              .formatted(known.name(), known.duty().words(), duty.words()));
    }
  }

  private static void grant(Handle handle, String login, AccountName account) {
    handle
        .createUpdate(
            """
            insert into account_grants (login, account) values (:login, :account)
            on conflict (login, account) do nothing
            """)
        .bind("login", login)
        .bind("account", account.value())
        .execute();
  }

  /**
   * Takes accounts away from a worker's login; it is refused them from its next transaction on.
   *
   * @throws IllegalStateException where it was not granted one of them
   */
  public Login revoke(String login, Collection<AccountName> accounts) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              for (AccountName account : accounts) {
                int taken =
                    handle
                        .createUpdate(
                            "delete from account_grants where login = :login and account = :account")
                        .bind("login", login)
                        .bind("account", account.value())
                        .execute();
                if (taken == 0) {
                  throw new IllegalStateException(
                      "login %s was not granted %s".formatted(login, account));
                }
              }
              return find(handle, login).orElseThrow();
            });
  }

  /**
   * Ends a login's duty: it sees nothing from its next statement on.
   *
   * @return what an administrator may run to take its role away, where the owner may not
   * @throws IllegalStateException where it was never set up
   */
  public Optional<String> revoke(String login) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Login known =
                  find(handle, login)
                      .orElseThrow(
                          () ->
                              new IllegalStateException("login %s is not set up".formatted(login)));
              handle
                  .createUpdate("delete from logins where login = :login")
                  .bind("login", login)
                  .execute();
              return LoginCheck.leave(handle, login, known.duty());
            });
  }

  private static Optional<Login> find(Handle handle, String login) {
    return handle
        .createQuery(LOGINS + " where login = :login")
        .bind("login", login)
        .map((row, context) -> login(row))
        .findOne();
  }

  private static Login login(ResultSet row) throws SQLException {
    return new Login(
        row.getString("login"),
        Duty.valueOf(row.getString("duty")),
        Stream.of((String[]) row.getArray("accounts").getArray()).map(AccountName::new).toList());
  }
}
