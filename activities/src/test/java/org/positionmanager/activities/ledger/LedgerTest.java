package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.temporal.failure.ApplicationFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.UnderlyingPrice;

/** The ledger on a real PostgreSQL. */
@Timeout(60)
class LedgerTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  private static final Instant AT = Instant.parse("2026-02-11T15:00:00Z");

  private static EmbeddedPostgres postgres;

  private LedgerDatabase.Address address;
  private LedgerDatabase desk;
  private LedgerDatabase large;
  private LedgerDatabase tiny;
  private AccountRegistry registry;
  private ExecutionInbox inbox;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void freshDatabase() throws Exception {
    String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    address =
        new LedgerDatabase.Address(
            "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name,
            "postgres",
            "postgres");
    desk = LedgerDatabase.forDesk(address, 4);
  }

  @AfterEach
  void close() {
    for (LedgerDatabase database : new LedgerDatabase[] {desk, large, tiny}) {
      if (database != null) {
        database.close();
      }
    }
  }

  private void migrated() {
    desk.migrate();
    desk.verify();
    registry = new AccountRegistry(desk);
    registry.register(
        new AccountRegistry.Registered(LARGE, List.of("large-100k"), "PA1LARGE", false));
    registry.register(new AccountRegistry.Registered(TINY, List.of(), "PA2TINY", false));
    inbox = new ExecutionInbox(desk, registry);
    large = LedgerDatabase.forAccount(address, 2, LARGE);
    tiny = LedgerDatabase.forAccount(address, 2, TINY);
  }

  @Test
  @DisplayName("incident 1: rows of another account cannot be read or written, even unfiltered")
  void rowLevelSecurityKeepsAccountsApart() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));

    assertThat(count(tiny, "positions")).isZero();
    assertThat(count(tiny, "position_history")).isZero();
    assertThat(count(large, "positions")).isOne();
    assertThatThrownBy(
            () ->
                tiny.jdbi()
                    .useHandle(
                        handle ->
                            handle.execute(
                                "insert into alerts (account, key, severity, message, raised_at)"
                                    + " values ('large', 'k', 'INFO', 'm', now())")))
        .hasMessageContaining("row-level security");
    assertThatThrownBy(() -> new PostgresLedger(tiny, TINY).record(closed(position(LARGE))))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("is not of account tiny");
  }

  @Test
  void aRepeatedWriteChangesNothing() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState state = closed(position(LARGE));
    ledger.record(state);
    ledger.record(state);

    for (String table : List.of("positions", "position_events", "exits", "position_history")) {
      assertThat(count(desk, table)).as(table).isOne();
    }
    assertThat(ledger.recall(state.id()).orElseThrow().phase()).isEqualTo(Phase.CLOSED);
    assertThat(ledger.recall(state.id()).orElseThrow().exits()).isOne();
    assertThat(ledger.recall(position(LARGE))).isEmpty();
  }

  @Test
  @DisplayName("incident 11: the peak and the plan are recalled as they were recorded")
  void peakAndPlanAreRecalled() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState state = closed(position(LARGE));
    ledger.record(state);
    assertThat(ledger.recall(state.id()).orElseThrow().peak()).contains(Price.parse("8"));
    assertThat(ledger.recall(state.id()).orElseThrow().plan()).isEqualTo(state.plan());

    PositionState announced = PositionState.announced(position(LARGE), state.terms());
    ledger.record(announced);
    assertThat(ledger.recall(announced.id()).orElseThrow().peak()).isEmpty();
    assertThat(ledger.recall(announced.id()).orElseThrow().plan()).isEmpty();
  }

  @Test
  @DisplayName("incident 17: history has the fill's price and the multiplied profit")
  void historyHasTheFillsPrice() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    String history =
        desk.jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select exit_price || ' ' || realised || ' ' || multiplier"
                                + " from position_history")
                        .mapTo(String.class)
                        .one());
    assertThat(history).isEqualTo("7.2 2400 100");
  }

  @Test
  void eventsCannotBeChangedAfterwards() {
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThatThrownBy(
            () ->
                desk.jdbi()
                    .useHandle(handle -> handle.execute("update position_events set text = 'x'")))
        .hasMessageContaining("append-only");
  }

  @Test
  @DisplayName("incident 12: a missing column stops the start and is never swallowed")
  void aMissingColumnIsLoud() {
    migrated();
    desk.jdbi()
        .useHandle(handle -> handle.execute("alter table position_history drop column exit_price"));
    assertThatThrownBy(desk::verify)
        .hasMessageContaining("the ledger lacks position_history.exit_price");
    assertThatThrownBy(() -> new PostgresLedger(large, LARGE).record(closed(position(LARGE))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("LEDGER_SCHEMA");
              assertThat(failure.isNonRetryable()).isFalse();
            });
    assertThat(count(desk, "positions")).as("nothing half written").isZero();
  }

  @Test
  @DisplayName("incident 8: an alias is the same account")
  void anAliasIsTheSameAccount() {
    migrated();
    assertThat(registry.resolve("large-100k")).contains(LARGE);
    assertThat(registry.resolve("large")).contains(LARGE);
    assertThat(registry.resolve("unknown")).isEmpty();
  }

  @Test
  void anAlertIsRaisedOnceWhileItIsOpen() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    Alert alert = new Alert(position(LARGE), "key", Alert.Severity.WARNING, "look", AT);
    ledger.raise(alert);
    ledger.raise(alert);
    assertThat(count(desk, "alerts")).isOne();
  }

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
  void anExistingTableOfTheReplacedSystemIsTakenAsFound() {
    desk.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    create table dispatch_executions (
                      execution_id uuid primary key, recommendation_id bigint, ticker text,
                      action text, instrument_type text default 'STOCK', strategy_type text,
                      side text default 'long', option_symbol text, strike_price numeric(10,2),
                      premium_paid numeric(10,2), expiration_date date, contracts int,
                      entry_price numeric(18,8), qty numeric(18,8), notional numeric(18,8),
                      stop_loss_price numeric(18,8), take_profit_price numeric(18,8),
                      max_hold_minutes int, execution_mode text default 'SIMULATED',
                      simulated_ts timestamptz default now(), executed_at timestamptz,
                      status text default 'PENDING', broker_order_id text, sim_json jsonb,
                      explain_json jsonb, risk_json jsonb, account_name varchar(50) default 'large',
                      their_own_column text)
                    """));
    insert(UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");

    migrated();

    assertThat(inbox.unread(10)).hasSize(1);
  }

  @Test
  void aNewRowIsAnnouncedAtOnce() throws Exception {
    migrated();
    CompletableFuture<Void> announced = new CompletableFuture<>();
    try (ExecutorService listener = Executors.newVirtualThreadPerTaskExecutor()) {
      listener.submit(
          () -> {
            inbox.listen(() -> announced.complete(null), Duration.ofMillis(50));
            return null;
          });
      await().until(this::listening);
      insert(
          UUID.randomUUID(), "'DE', 'STOCK', 'stock', null, null, 40, 600, 640, 'LIVE', 'large'");
      announced.get(5, TimeUnit.SECONDS);
      listener.shutdownNow();
    }
    assertThat(announced).isCompleted();
  }

  @Test
  void tablesOfTheReplacedSystemWithTheSameNamesAreLeftAlone() {
    desk.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "create table public.position_history (id int); create table"
                        + " public.position_events (id int, payload jsonb)"));
    migrated();
    new PostgresLedger(large, LARGE).record(closed(position(LARGE)));
    assertThat(count(desk, "public.position_history")).isZero();
    assertThat(count(desk, "pm.position_history")).isOne();
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
  @DisplayName("incident 8: a name can never come to mean another account")
  void aNameNeverMeansTwoAccounts() {
    migrated();
    for (String taken : List.of("large-100k", "large")) {
      assertThatThrownBy(
              () ->
                  registry.register(
                      new AccountRegistry.Registered(TINY, List.of(taken), "PA2TINY", false)))
          .hasMessageContaining("of account large")
          .hasMessageContaining("give each account names of its own");
    }
    assertThat(registry.resolve("large-100k")).contains(LARGE);
  }

  @Test
  @DisplayName("incident 15: an account is never rebound to another broker account")
  void anAccountIsNeverReboundToAnotherBrokerAccount() {
    migrated();
    assertThatThrownBy(
            () ->
                registry.register(
                    new AccountRegistry.Registered(LARGE, List.of(), "PA9OTHER", false)))
        .hasMessageContaining("account large is registered with broker account PA1LARGE");
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
  void aLateOlderWriteTurnsNothingBack() {
    migrated();
    PostgresLedger ledger = new PostgresLedger(large, LARGE);
    PositionState now = closed(position(LARGE));
    ledger.record(now);
    PositionState older =
        new PositionState(
            now.id(),
            now.terms(),
            Phase.EXITING,
            now.plan(),
            now.basis(),
            List.of(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            List.of(
                new ExitRecord(
                    1,
                    1,
                    now.unrecordedExits().getFirst().clientOrderId(),
                    ExitRecord.Status.SENT,
                    ExitReason.TRAILING_STOP,
                    Quantity.of(10),
                    Quantity.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    AT)));
    ledger.record(older);
    assertThat(ledger.recall(now.id()).orElseThrow().exitRecords())
        .singleElement()
        .extracting(ExitRecord::status)
        .isEqualTo(ExitRecord.Status.FILLED);
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

  private void insert(UUID id, String values) {
    desk.jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into dispatch_executions (execution_id, ticker, instrument_type,"
                        + " strategy_type, option_symbol, contracts, qty, stop_loss_price,"
                        + " take_profit_price, execution_mode, account_name) values ('"
                        + id
                        + "', "
                        + values
                        + ")"));
  }

  private static int count(LedgerDatabase database, String table) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  private static PositionId position(AccountName account) {
    return new PositionId(account, Instrument.parse("NOW260220P00110000"), UUID.randomUUID());
  }

  private static PositionState closed(PositionId id) {
    EntryTerms terms =
        new EntryTerms(
            Strategy.SWING_TRADE,
            Direction.LONG,
            Quantity.of(10),
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    Price entry = Price.parse("4.80");
    Basis basis =
        new Basis(id.instrument(), Direction.LONG, entry, Quantity.of(10), Price.parse("8"), AT);
    PositionState announced = PositionState.announced(id, terms);
    return new PositionState(
        id,
        terms,
        Phase.CLOSED,
        Optional.of(Plans.defaultsFor(terms, basis)),
        Optional.of(basis),
        List.of(
            new ClosingFill(
                new BrokerOrderId("o-1"), "c-1", Quantity.of(10), Price.parse("7.20"), AT)),
        Optional.empty(),
        1,
        Optional.of(ExitReason.TRAILING_STOP),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        announced.lastSeen(),
        announced.lastDecision(),
        Optional.empty(),
        1,
        List.of(
            new PositionEvent(
                1, PositionEvent.Type.CLOSED, AT, "closed", java.util.Map.of("price", "7.2"))),
        List.of(
            new ExitRecord(
                1,
                1,
                "pm-x-1-1-" + id.execution(),
                ExitRecord.Status.FILLED,
                ExitReason.TRAILING_STOP,
                Quantity.of(10),
                Quantity.of(10),
                Optional.of(Price.parse("7.20")),
                Optional.of(new BrokerOrderId("o-1")),
                AT)));
  }
}
