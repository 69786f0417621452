package org.positionmanager.activities.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Waits for what the database announces on one channel, on a connection outside the pool. */
final class Announcements {
  private static final Duration PROBE_AFTER = Duration.ofSeconds(20);

  private final LedgerDatabase.Address address;
  private final String channel;

  Announcements(LedgerDatabase.Address address, String channel) {
    this.address = address;
    this.channel = channel;
  }

  /**
   * Listens until the thread is interrupted or the connection fails.
   *
   * @param listening called once, as soon as nothing can be missed
   * @param announced called on this thread with each batch of payloads
   * @param patience how long one wait lasts before the thread looks whether it is interrupted
   * @throws SQLException when the connection fails: listen again, which also catches up
   */
  void listen(Runnable listening, Consumer<List<String>> announced, Duration patience)
      throws SQLException {
    try (Connection connection = LedgerDatabase.connectOutsideThePool(address);
        Statement statement = connection.createStatement()) {
      statement.execute("listen " + channel);
      listening.run();
      PGConnection notifying = connection.unwrap(PGConnection.class);
      // zero would wait for ever
      int patienceMillis = Math.max(1, Math.toIntExact(patience.toMillis()));
      long heard = System.nanoTime();
      while (!Thread.currentThread().isInterrupted()) {
        PGNotification[] notifications = notifying.getNotifications(patienceMillis);
        if (notifications != null && notifications.length > 0) {
          heard = System.nanoTime();
          announced.accept(Stream.of(notifications).map(PGNotification::getParameter).toList());
        } else if (System.nanoTime() - heard > PROBE_AFTER.toNanos()) {
          // a server that vanished without a word is silent too: only a question tells
          statement.execute("select 1");
          heard = System.nanoTime();
        }
      }
    } catch (SQLException failure) {
      // an interrupt closes the socket under a virtual thread
      if (!Thread.currentThread().isInterrupted()) {
        throw failure;
      }
    }
  }
}
