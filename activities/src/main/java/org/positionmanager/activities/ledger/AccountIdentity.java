package org.positionmanager.activities.ledger;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Makes each transaction an account's: who it is ends with it, so that no connection carries it to
 * whoever has it next. A superuser, or the tables' owner, becomes the accounts' role for that time,
 * because row level security does not bind the one and shows the other more.
 */
final class AccountIdentity extends DelegatingTransactionHandler {
  /** A name that no account can have: sessions outside a transaction see nobody's rows. */
  static final String NOBODY = "-";

  private static final String BECOME_ACCOUNTS_ROLE =
      "case when pg_has_role('pm_account', 'MEMBER')"
          + " then set_config('role', 'pm_account', %s) end";

  private final AccountName account;

  AccountIdentity(TransactionHandler transactions, AccountName account) {
    super(transactions);
    this.account = account;
  }

  /** What a connection is while it is nobody's, as a statement. */
  static String ofConnections() {
    return become(NOBODY, false);
  }

  /** Becomes an account until the transaction ends, as a statement. */
  static String ofTransaction(AccountName account) {
    return become(account.value(), true);
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
      handle.execute(ofTransaction(account));
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
