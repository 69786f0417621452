package org.positionmanager.activities.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Makes each transaction an account's: who it is ends with it, so that no connection carries it to
 * whoever has it next. A superuser, or the tables' owner, becomes the accounts' role for that time,
 * because row level security does not bind the one and shows the other more.
 *
 * <p>A login that may not see the account gets no transaction: row level security would show it
 * nothing, and that no row may be read must never read as that there is none.
 */
final class AccountIdentity extends DelegatingTransactionHandler {
  /** A name that no account can have: sessions outside a transaction see nobody's rows. */
  static final String NOBODY = "-";

  private static final String BECOME_ACCOUNTS_ROLE =
      "case when pg_has_role('pm_account', 'MEMBER')"
          + " then set_config('role', 'pm_account', %s) end";

  private static final String WHETHER_IT_MAY =
      ", session_user::text as login, pm.pm_may_be('%s') or pm.pm_sees_every_account() as may";

  /** The server's state for a missing privilege. */
  private static final String NO_PRIVILEGE = "42501";

  private final AccountName account;

  AccountIdentity(TransactionHandler transactions, AccountName account) {
    super(transactions);
    this.account = account;
  }

  /** What a connection is while it is nobody's, as a statement. */
  static String ofConnections() {
    return become(NOBODY, false);
  }

  /**
   * Becomes an account until the transaction ends.
   *
   * @throws TransactionException with state 42501 behind it, where the login may not
   */
  static void become(Handle handle, AccountName account) {
    handle
        .createQuery(become(account.value(), true) + WHETHER_IT_MAY.formatted(account.value()))
        .map((row, context) -> refusal(row, account))
        .one()
        .ifPresent(
            refusal -> {
              throw new TransactionException(refusal.getMessage(), refusal);
            });
  }

  private static Optional<SQLException> refusal(ResultSet row, AccountName account)
      throws SQLException {
    if (row.getBoolean("may")) {
      return Optional.empty();
    }
    String login = row.getString("login");
    return Optional.of(
        new SQLException(
            "login %s was not granted account %s; let the ledger's owner run `pm database grant %s --as worker --account %s`, or correct the account"
                .formatted(login, account, login, account),
            NO_PRIVILEGE));
  }

  /** Names of accounts hold nothing that would have to be quoted. */
  private static String become(String account, boolean untilItEnds) {
    return "select set_config('pm.account', '%s', %s), ".formatted(account, untilItEnds)
        + BECOME_ACCOUNTS_ROLE.formatted(untilItEnds);
  }

  @Override
  public void begin(Handle handle) {
    super.begin(handle);
    try {
      become(handle, account);
    } catch (RuntimeException failure) {
      // nobody else ends what has begun here
      try {
        super.rollback(handle);
      } catch (RuntimeException also) {
        failure.addSuppressed(also);
      }
      throw failure;
    }
  }

  @Override
  public TransactionHandler specialize(Handle handle) throws SQLException {
    return new AccountIdentity(getDelegate().specialize(handle), account);
  }
}
