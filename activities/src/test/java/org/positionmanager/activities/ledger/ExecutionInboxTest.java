package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** Rows of the dispatchers on their way in. */
class ExecutionInboxTest extends LedgerOnPostgres {
  @Test
  void goodRowsAreReadWithTheirUnitsAndForeignModesAreIgnored() {
    migrated();
    UUID option = UUID.randomUUID();
    insert(
        option,
        "'NOW', 'PUT', 'swing_trade', 'NOW260220P00110000', 10, null, 95, 120, 'ALPACA_PAPER',"
            + " 'large-100k'");
    insert(
        UUID.randomUUID(), "'NOW', 'STOCK', 'stock', null, null, 5, 95, 120, 'SIMULATED', 'large'");

    List<InboxRow> rows = inbox.unread(10);

    assertThat(rows).hasSize(1);
    InboxRow.Execution row = (InboxRow.Execution) rows.getFirst();
    assertThat(row.position())
        .isEqualTo(new PositionId(LARGE, Instrument.parse("NOW260220P00110000"), option));
    assertThat(row.terms().stop()).isEmpty();
    assertThat(row.terms().underlyingStop()).contains(UnderlyingPrice.parse("95"));
    inbox.taken(row);
    assertThat(inbox.unread(10)).isEmpty();
    assertThat(inbox.isTaken(row.position())).isTrue();
  }

  @Test
  void badRowsAreQuarantinedWithEveryFieldNamedAndReadAgainOnceMended() {
    migrated();
    UUID bad = UUID.randomUUID();
    insert(bad, "'NOW', 'PUT', 'yolo', 'NOW', 10, null, 95, 120, 'LIVE', 'medium'");

    InboxRow.Bad row = (InboxRow.Bad) inbox.unread(10).getFirst();
    assertThat(row.field()).isEqualTo("account_name, option_symbol, strategy_type");
    assertThat(row.fix()).contains("alias").contains("NOW260220P00110000").contains("day_trade");
    inbox.quarantine(row);
    assertThat(inbox.unread(10)).isEmpty();
    assertThat(count(desk, "alerts")).isOne();

    desk.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update dispatch_executions set account_name = 'tiny', strategy_type ="
                        + " 'day_trade', option_symbol = 'NOW260220P00110000'"));
    assertThat(inbox.unread(10)).hasSize(1).first().isInstanceOf(InboxRow.Execution.class);
  }

  @Test
  void aNewRowIsAnnouncedAtOnce() throws Exception {
    migrated();
    CompletableFuture<Void> listening = new CompletableFuture<>();
    CompletableFuture<Void> announced = new CompletableFuture<>();
    try (ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      listener.submit(
          () ->
              listen(
                  inbox,
                  () -> {
                    if (!listening.complete(null)) {
                      announced.complete(null);
                    }
                  }));
      listening.get(5, TimeUnit.SECONDS);
      insert(
          UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");
      announced.get(5, TimeUnit.SECONDS);
      listener.shutdownNow();
    }
    assertThat(announced).isCompleted();
  }

  @Test
  void aRowWithoutATimeIsQuarantinedAndHarmsNoOther() {
    migrated();
    UUID bad = UUID.randomUUID();
    insert(bad, "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");
    desk.jdbi()
        .useHandle(handle -> handle.execute("update dispatch_executions set simulated_ts = null"));
    insert(UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");
    assertThat(inbox.unread(10))
        .hasSize(2)
        .filteredOn(InboxRow.Bad.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            InboxRow.Bad.class, row -> assertThat(row.field()).isEqualTo("simulated_ts"));
  }

  @Test
  void aRowOfAnUnknownAccountIsReadAgainOnceTheAccountIsRegistered() {
    migrated();
    insert(UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'medium'");
    inbox.quarantine((InboxRow.Bad) inbox.unread(10).getFirst());
    assertThat(inbox.unread(10)).isEmpty();
    registry.register(
        new AccountRegistry.Registered(new AccountName("medium"), List.of(), "PA3MEDIUM", false));
    assertThat(inbox.unread(10)).singleElement().isInstanceOf(InboxRow.Execution.class);
  }

  @Test
  void aTickerThatContradictsTheContractIsQuarantined() {
    migrated();
    insert(
        UUID.randomUUID(),
        "'QCOM', 'PUT', 'swing_trade', 'NOW260220P00110000', 1, null, 95, 120, 'LIVE', 'large'");
    assertThat(inbox.unread(10))
        .singleElement()
        .isInstanceOfSatisfying(
            InboxRow.Bad.class, row -> assertThat(row.field()).isEqualTo("ticker"));
  }

  @Test
  void listeningTakesNoConnectionFromThePool() throws Exception {
    migrated();
    try (LedgerDatabase narrow = LedgerDatabase.forDesk(address, 1);
        ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutionInbox own = new ExecutionInbox(narrow, registry);
      Future<?> listens = listener.submit(() -> listen(own, () -> {}));
      await().until(this::listening);
      assertThat(own.unread(10)).isEmpty();
      listens.cancel(true);
      listener.shutdownNow();
    }
    await().untilAsserted(() -> assertThat(listening()).isFalse());
  }

  @Test
  void aListenerThatFailsLeavesNoPooledConnectionListening() {
    migrated();
    try (LedgerDatabase narrow = LedgerDatabase.forDesk(address, 1)) {
      ExecutionInbox own = new ExecutionInbox(narrow, registry);
      assertThatThrownBy(
              () ->
                  own.listen(
                      () -> {
                        throw new IllegalStateException("cannot be taken in");
                      },
                      Duration.ofMillis(50)))
          .hasMessage("cannot be taken in");
      assertThat(count(narrow, "pg_listening_channels()")).isZero();
    }
    assertThat(listening()).isFalse();
  }

  @Test
  void aListenerCallsBackOnceItListensForWhatWasAnnouncedBefore() throws Exception {
    migrated();
    CompletableFuture<Void> called = new CompletableFuture<>();
    try (ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      listener.submit(() -> listen(inbox, () -> called.complete(null)));
      called.get(5, TimeUnit.SECONDS);
      listener.shutdownNow();
    }
    assertThat(called).isCompleted();
  }

  @Test
  void aListenerThatIsInterruptedEndsWithoutAComplaint() throws Exception {
    migrated();
    try (ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> listens = listener.submit(() -> listen(inbox, () -> {}));
      await().until(this::listening);
      listener.shutdownNow();
      assertThat(listens.get(5, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void aListenerWhoseConnectionIsCutSaysSo() throws Exception {
    migrated();
    try (ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> listens = listener.submit(() -> listen(inbox, () -> {}));
      await().until(this::listening);
      value(
          "select pg_terminate_backend(pid)::text from pg_stat_activity where query like 'listen%'"
              + " and datname = current_database()");
      assertThatThrownBy(() -> listens.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SQLException.class);
    }
  }

  private static Void listen(ExecutionInbox inbox, Runnable announced) throws SQLException {
    inbox.listen(announced, Duration.ofMillis(50));
    return null;
  }

  private boolean listening() {
    return desk.jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(*) from pg_stat_activity where query like 'listen%' and"
                                + " datname = current_database()")
                        .mapTo(Integer.class)
                        .one())
        > 0;
  }
}
