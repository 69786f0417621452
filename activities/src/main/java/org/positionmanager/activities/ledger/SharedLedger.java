package org.positionmanager.activities.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Connections to the ledger that the accounts of one process share, so that their number does not
 * grow with the accounts: a server takes a hundred by default. Each transaction is one account's
 * all the same, see {@link LedgerDatabase#forAccount(LedgerDatabase.Address, int, AccountName)},
 * and no account has more connections at a time than its share, so that one whose statements wait
 * leaves the others theirs.
 */
public final class SharedLedger implements AutoCloseable {
  private final LedgerDatabase.Address address;
  private final HikariDataSource pool;
  private final SharedAnnouncements announcements;

  private SharedLedger(LedgerDatabase.Address address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    announcements = new SharedAnnouncements(address);
  }

  /**
   * Connects when it is first asked to.
   *
   * @param connections at most, and one beside them that hears announcements
   */
  public static SharedLedger open(LedgerDatabase.Address address, int connections) {
    return new SharedLedger(
        address, LedgerDatabase.poolOfAccounts(address, connections, "accounts"));
  }

  /**
   * Sees one account's rows. Closing it closes nothing that is shared.
   *
   * @param share connections that the account has at a time, at most
   */
  public LedgerDatabase forAccount(AccountName account, int share) {
    return LedgerDatabase.sharing(address, pool, new Share(pool, share), announcements, account);
  }

  /** One account's part of the pool. */
  private static final class Share implements ConnectionFactory {
    private final HikariDataSource pool;
    private final Semaphore free;

    private Share(HikariDataSource pool, int share) {
      this.pool = pool;
      free = new Semaphore(share);
    }

    @Override
    public Connection openConnection() throws SQLException {
      try {
        if (!free.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS)) {
          throw new SQLTransientConnectionException(
              "all connections of the account have been busy for %d ms"
                  .formatted(pool.getConnectionTimeout()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
      }
      try {
        return pool.getConnection();
      } catch (SQLException | RuntimeException | Error e) {
        free.release();
        throw e;
      }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
      try {
        connection.close();
      } finally {
        free.release();
      }
    }
  }

  @Override
  public void close() {
    announcements.close();
    pool.close();
  }
}
