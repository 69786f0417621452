package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.positionmanager.workflows.position.PositionState;
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
  void whatWasTakenInAndNeverRecordedIsFoundByItsAccountUntilItIsRecorded() {
    migrated();
    insert(
        UUID.randomUUID(),
        "'DE', 'STOCK', 'stock', null, null, 5, 95, 120, 'ALPACA_PAPER', 'large-100k'");
    InboxRow.Execution row = (InboxRow.Execution) inbox.unread(10).getFirst();
    assertThat(inbox.takenAndNotRecorded(LARGE)).as("not taken in").isEmpty();
    inbox.taken(row);

    assertThat(inbox.takenAndNotRecorded(TINY)).isEmpty();
    assertThat(inbox.takenAndNotRecorded(LARGE))
        .singleElement()
        .isInstanceOfSatisfying(
            InboxRow.Execution.class,
            found -> {
              assertThat(found.position()).isEqualTo(row.position());
              assertThat(found.terms()).isEqualTo(row.terms());
            });

    new PostgresLedger(large, LARGE).record(PositionState.announced(row.position(), row.terms()));
    assertThat(inbox.takenAndNotRecorded(LARGE)).isEmpty();
  }

  @Test
  void badRowsAreQuarantinedWithEveryFieldNamedAndReadAgainOnceMended() {
    migrated();
    UUID bad = UUID.randomUUID();
    insert(bad, "'NOW', 'PUT', 'yolo', 'NOW', 10, null, 95, 120, 'ALPACA_PAPER', 'medium'");

    InboxRow.Bad row = (InboxRow.Bad) inbox.unread(10).getFirst();
    assertThat(row.field()).isEqualTo("account_name, option_symbol, strategy_type");
    assertThat(row.fix()).contains("alias").contains("NOW260220P00110000").contains("day_trade");
    inbox.quarantine(row);
    assertThat(inbox.unread(10)).isEmpty();
    assertThat(count(desk, "alerts")).isOne();

    desk.jdbi()
        .useTransaction(
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
          UUID.randomUUID(),
          "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
      announced.get(5, TimeUnit.SECONDS);
      listener.shutdownNow();
    }
    assertThat(announced).isCompleted();
  }

  @Test
  void aRowWithoutATimeIsQuarantinedAndHarmsNoOther() {
    migrated();
    UUID bad = UUID.randomUUID();
    insert(bad, "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
    desk.jdbi()
        .useTransaction(
            handle -> handle.execute("update dispatch_executions set simulated_ts = null"));
    insert(
        UUID.randomUUID(),
        "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
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
    insert(
        UUID.randomUUID(),
        "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'medium'");
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
        "'QCOM', 'PUT', 'swing_trade', 'NOW260220P00110000', 1, null, 95, 120, 'ALPACA_PAPER', 'large'");
    assertThat(inbox.unread(10))
        .singleElement()
        .isInstanceOfSatisfying(
            InboxRow.Bad.class, row -> assertThat(row.field()).isEqualTo("ticker"));
  }

  @Test
  void rowsThatFailMakeWayForNewOnes() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    insertAt("2026-02-11 15:01Z");
    for (InboxRow row : inbox.unread(2)) {
      inbox.failed(row, "the engine does not answer");
    }
    UUID newer = insertAt("2026-02-11 15:02Z");
    assertThat(inbox.unread(2))
        .singleElement()
        .extracting(InboxRow::executionId)
        .isEqualTo(newer.toString());

    execute("update intake_marks set retry_after = now()");
    assertThat(inbox.unread(2))
        .as("new ones go first even where older ones are due again")
        .hasSize(2)
        .first()
        .extracting(InboxRow::executionId)
        .isEqualTo(newer.toString());
    assertThat(inbox.unread(10)).as("none is lost").hasSize(3);
  }

  @Test
  void aRowThatFailsWaitsLongerEachTimeUpToFiveMinutes() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    InboxRow row = inbox.unread(1).getFirst();
    List<String> waits = new ArrayList<>();
    for (int attempt = 1; attempt <= 40; attempt++) {
      inbox.failed(row, "the engine does not answer");
      waits.add(
          value("select extract(epoch from retry_after - last_seen)::int from intake_marks")
              .orElseThrow());
    }
    assertThat(waits.subList(0, 10))
        .containsExactly("1", "2", "4", "8", "16", "32", "64", "128", "256", "300");
    assertThat(waits.getLast()).isEqualTo("300");
    assertThat(value("select outcome || ' ' || attempts || ' ' || reason from intake_marks"))
        .contains("WAITING 40 the engine does not answer");
  }

  @Test
  void aRowThatKeepsFailingRaisesOneAlertThatEndsWhenItIsTakenIn() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    InboxRow.Execution row = (InboxRow.Execution) inbox.unread(1).getFirst();
    for (int attempt = 1; attempt <= 4; attempt++) {
      inbox.failed(row, "the engine does not answer");
    }
    assertThat(openAlert()).isEmpty();
    inbox.failed(row, "the engine does not answer");
    inbox.failed(row, "the task queue is unknown");
    assertThat(openAlert())
        .get()
        .asString()
        .contains(row.executionId())
        .contains("large")
        .contains("the task queue is unknown");

    inbox.taken(row);
    assertThat(openAlert()).isEmpty();
    assertThat(value("select outcome || ' ' || attempts from intake_marks")).contains("TAKEN 0");
  }

  @Test
  void aRowThatIsMendedWhileItWaitsIsReadAtOnce() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    inbox.failed(inbox.unread(1).getFirst(), "the engine refuses it");
    assertThat(inbox.unread(1)).isEmpty();
    execute("update dispatch_executions set qty = 41");
    assertThat(inbox.unread(1)).hasSize(1);
  }

  @Test
  void aRowThatIsTakenAlreadyStaysTakenWhateverFailsAfterwards() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    InboxRow.Execution row = (InboxRow.Execution) inbox.unread(1).getFirst();
    inbox.taken(row);
    inbox.failed(row, "too late");
    assertThat(value("select outcome from intake_marks")).contains("TAKEN");
    assertThat(inbox.unread(1)).isEmpty();
  }

  @Test
  void theAlertOfAQuarantinedRowEndsWhenTheRowIsTakenInAndSaysTheLatestFault() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    execute("update dispatch_executions set qty = null, side = 'up'");
    inbox.quarantine((InboxRow.Bad) inbox.unread(1).getFirst());
    execute("update dispatch_executions set side = 'long'");
    inbox.quarantine((InboxRow.Bad) inbox.unread(1).getFirst());
    assertThat(openAlert()).get().asString().contains("qty is missing").doesNotContain("side");

    execute("update dispatch_executions set qty = 40");
    inbox.taken((InboxRow.Execution) inbox.unread(1).getFirst());
    assertThat(openAlert()).isEmpty();
    assertThat(count(desk, "alerts")).as("kept as history").isOne();
  }

  @Test
  void aRowOfADeactivatedAccountIsQuarantinedWithTheReason() {
    migrated();
    execute("update accounts set active = false where name = 'large'");
    assertThat(registry.resolve("large")).isEmpty();
    assertThat(registry.resolve("large-100k")).isEmpty();
    insert(
        UUID.randomUUID(),
        "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large-100k'");

    InboxRow.Bad row = (InboxRow.Bad) inbox.unread(10).getFirst();
    assertThat(row.field()).isEqualTo("account_name");
    assertThat(row.problem()).isEqualTo("account large ('large-100k') is deactivated");
    assertThat(row.fix()).isEqualTo("take it into use by `pm accounts activate large`");
    inbox.quarantine(row);
    assertThat(inbox.unread(10)).as("not again while nothing changed").isEmpty();

    execute("update accounts set active = true where name = 'large'");
    assertThat(inbox.unread(10)).singleElement().isInstanceOf(InboxRow.Execution.class);
  }

  @Test
  void aRowOfTheOtherKindOfMoneyThanItsAccountsIsQuarantined() {
    migrated();
    insert(UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");
    InboxRow.Bad row = (InboxRow.Bad) inbox.unread(10).getFirst();
    assertThat(row.field()).isEqualTo("execution_mode");
    assertThat(row.problem()).isEqualTo("is LIVE, and account large is a paper account");
    execute("update accounts set live = true where name = 'large'");
    assertThat(inbox.unread(10)).singleElement().isInstanceOf(InboxRow.Execution.class);
  }

  @Test
  void aRowThatCannotEvenBeReadIsQuarantinedAndHarmsNoOther() {
    execute(
        """
        create table dispatch_executions (
          execution_id text primary key, ticker text, instrument_type text, strategy_type text,
          side text, option_symbol text, contracts int, entry_price numeric, qty numeric,
          stop_loss_price numeric, take_profit_price numeric, max_hold_minutes numeric,
          execution_mode text, simulated_ts timestamptz default now(), account_name text)
        """);
    migrated();
    String columns =
        "insert into dispatch_executions (execution_id, ticker, instrument_type, strategy_type,"
            + " max_hold_minutes, qty, execution_mode, account_name) values ";
    UUID good = UUID.randomUUID();
    execute(columns + "('not-a-uuid', 'DE', 'STOCK', 'stock', null, 1, 'ALPACA_PAPER', 'large')");
    execute(
        columns
            + "('%s', 'DE', 'STOCK', 'stock', 1e17, 1, 'ALPACA_PAPER', 'large')"
                .formatted(UUID.randomUUID()));
    execute(
        columns
            + "('%s', 'DE', 'STOCK', 'stock', null, 'NaN', 'ALPACA_PAPER', 'large')"
                .formatted(UUID.randomUUID()));
    execute(
        columns + "('%s', 'DE', 'STOCK', 'stock', 30, 1, 'ALPACA_PAPER', 'large')".formatted(good));

    List<InboxRow> rows = inbox.unread(10);
    assertThat(rows)
        .filteredOn(InboxRow.Execution.class::isInstance)
        .singleElement()
        .extracting(InboxRow::executionId)
        .isEqualTo(good.toString());
    List<InboxRow.Bad> bad =
        rows.stream().filter(InboxRow.Bad.class::isInstance).map(InboxRow.Bad.class::cast).toList();
    assertThat(bad)
        .extracting(InboxRow.Bad::field)
        .containsExactlyInAnyOrder("execution_id", "max_hold_minutes", "qty");
    assertThat(bad).extracting(InboxRow.Bad::problem).contains("qty is 'NaN'");
    bad.forEach(inbox::quarantine);
  }

  @Test
  void rowsAreReadWithASingleConnection() {
    migrated();
    insertAt("2026-02-11 15:00Z");
    try (LedgerDatabase narrow = LedgerDatabase.forDesk(address, 1)) {
      assertThat(new ExecutionInbox(narrow, new AccountRegistry(narrow)).unread(10)).hasSize(1);
    }
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

  private UUID insertAt(String time) {
    UUID id = UUID.randomUUID();
    insert(id, "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'ALPACA_PAPER', 'large'");
    execute(
        "update dispatch_executions set simulated_ts = '%s' where execution_id = '%s'"
            .formatted(time, id));
    return id;
  }

  private Optional<String> openAlert() {
    return value("select message from alerts where resolved_at is null");
  }

  private static Void listen(ExecutionInbox inbox, Runnable announced) throws SQLException {
    inbox.listen(announced, Duration.ofMillis(50));
    return null;
  }

  private boolean listening() {
    return desk.jdbi()
            .inTransaction(
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
