package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts of one process on connections that they share. */
class SharedLedgerTest extends LedgerOnPostgres {
  private static final Duration TURN = Duration.ofMillis(50);

  private SharedLedger shared;

  @BeforeEach
  void haltBoth() {
    migrated();
    new AccountHalts(desk).halt(LARGE, "test", "of large");
    new AccountHalts(desk).halt(TINY, "test", "of tiny");
  }

  @AfterEach
  void closeShared() {
    shared.close();
  }

  private void share(int connections) {
    shared = SharedLedger.open(address, connections);
  }

  private static List<String> seenBy(LedgerDatabase database) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle.createQuery("select reason from account_halts").mapTo(String.class).list());
  }

  @Test
  void eachSeesItsOwnRowsOnTheSameConnectionWhateverTheLastOneDid() {
    share(1);
    LedgerDatabase ofLarge = shared.forAccount(LARGE, 1);
    LedgerDatabase ofTiny = shared.forAccount(TINY, 1);
    assertThat(seenBy(ofLarge)).containsExactly("of large");
    assertThat(seenBy(ofTiny)).containsExactly("of tiny");
    assertThatThrownBy(
            () -> ofLarge.jdbi().useTransaction(handle -> handle.execute("select 1 / 0")))
        .hasMessageContaining("division by zero");
    assertThat(seenBy(ofTiny)).containsExactly("of tiny");
    assertThat(seenBy(ofLarge)).containsExactly("of large");
    List<String> outside =
        ofTiny
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select reason from account_halts")
                        .mapTo(String.class)
                        .list());
    assertThat(outside).as("nobody's outside a transaction").isEmpty();
  }

  @Test
  void oneWhoseConnectionsAreAllBusyLeavesTheOthersTheirs() throws Exception {
    share(2);
    LedgerDatabase ofLarge = shared.forAccount(LARGE, 1);
    LedgerDatabase ofTiny = shared.forAccount(TINY, 1);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    FutureTask<Void> working =
        new FutureTask<>(
            () -> {
              ofLarge
                  .jdbi()
                  .useTransaction(
                      handle -> {
                        busy.countDown();
                        enough.await();
                      });
              return null;
            });
    Thread.ofVirtual().start(working);
    busy.await();
    assertThatThrownBy(() -> seenBy(ofLarge))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("all connections of the account have been busy for 5000 ms");
    assertThat(seenBy(ofTiny)).containsExactly("of tiny");
    enough.countDown();
    working.get();
    assertThat(seenBy(ofLarge)).containsExactly("of large");
  }

  @Test
  void allHearOverOneConnectionAndOfItsEnd() throws Exception {
    share(2);
    Listener first = new Listener(shared.forAccount(LARGE, 1));
    Listener second = new Listener(shared.forAccount(TINY, 1));
    first.listening.await();
    second.listening.await();
    assertThat(listeners()).hasSize(1);
    announce("a");
    await("both to hear it").until(() -> first.heard.contains("a") && second.heard.contains("a"));

    desk.jdbi()
        .useHandle(it -> it.execute("select pg_terminate_backend(?)", listeners().getFirst()));
    await("both to hear of the end").until(() -> first.failed.isDone() && second.failed.isDone());
    assertThat(first.failed.get().getMessage()).contains("terminat");

    Listener again = new Listener(shared.forAccount(LARGE, 1));
    again.listening.await();
    announce("b");
    await("it to hear again").until(() -> again.heard.equals(List.of("b")));
    again.thread.interrupt();
    again.thread.join();
    await("the connection to end with the last who waits").until(() -> listeners().isEmpty());
  }

  private void announce(String what) {
    desk.jdbi().useHandle(it -> it.execute("select pg_notify('pm_test', ?)", what));
  }

  private List<Integer> listeners() {
    return desk.jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select pid from pg_stat_activity where query = 'listen pm_test'")
                    .mapTo(Integer.class)
                    .list());
  }

  /** Waits on a thread of its own. */
  private static final class Listener {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final CountDownLatch listening = new CountDownLatch(1);
    final CompletableFuture<SQLException> failed = new CompletableFuture<>();
    final Thread thread;

    Listener(LedgerDatabase database) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      database.listen("pm_test", listening::countDown, heard::addAll, TURN);
                    } catch (SQLException e) {
                      failed.complete(e);
                    }
                  });
    }
  }
}
