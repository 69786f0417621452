package org.positionmanager.activities.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.positionmanager.activities.alert.AccountLimits;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.ExitRecord;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.Told;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.replay.QuoteThinning;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** A ledger of its own for each test, on a real PostgreSQL. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ReplayExtension.class)
abstract class LedgerOnPostgres {
  static final AccountName LARGE = new AccountName("large");
  static final AccountName TINY = new AccountName("tiny");
  static final Instant AT = Instant.parse("2026-02-11T15:00:00Z");

  /** Replays each statement under other identities, where a session asks for it. */
  Optional<StatementReplay> replay = Optional.empty();

  EmbeddedPostgres postgres;
  LedgerDatabase.Address address;
  LedgerDatabase desk;
  LedgerDatabase large;
  LedgerDatabase tiny;
  AccountRegistry registry;
  RegisteredLimits limits;
  ExecutionInbox inbox;

  @BeforeAll
  void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  void stopPostgres() throws IOException {
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
    desk = observed(LedgerDatabase.forDesk(address, 4));
  }

  LedgerDatabase observed(LedgerDatabase database) {
    replay.ifPresent(database.jdbi()::setSqlLogger);
    return database;
  }

  @AfterEach
  void close() {
    for (LedgerDatabase database : new LedgerDatabase[] {desk, large, tiny}) {
      if (database != null) {
        database.close();
      }
    }
    desk = large = tiny = null;
  }

  void migrated() {
    desk.migrate();
    desk.verify();
    replay.ifPresent(it -> it.prepare(desk));
    registry = new AccountRegistry(desk);
    registry.register(
        new AccountRegistry.Registered(LARGE, List.of("large-100k"), "PA1LARGE", false));
    registry.register(new AccountRegistry.Registered(TINY, List.of(), "PA2TINY", false));
    limits = new RegisteredLimits(desk);
    limits.tell(LARGE, AccountLimits.NONE);
    limits.tell(TINY, AccountLimits.NONE);
    inbox = new ExecutionInbox(desk, registry);
    large = observed(LedgerDatabase.forAccount(address, 2, LARGE));
    tiny = observed(LedgerDatabase.forAccount(address, 2, TINY));
  }

  void insert(UUID id, String values) {
    desk.jdbi()
        .useTransaction(
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

  static int count(LedgerDatabase database, String table) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  /** One value of the ledger as text, read past row level security; empty where there is none. */
  Optional<String> value(String query) {
    return desk.jdbi()
        .inTransaction(
            handle -> handle.createQuery(query).mapTo(String.class).list().stream().findFirst());
  }

  /** A login of the server that may do nothing yet; the server is that of all tests of a class. */
  String login(String name) {
    Optional<String> known = value("select 1 from pg_roles where rolname = '%s'".formatted(name));
    if (known.isEmpty()) {
      String made = "create role \"%s\" login".formatted(name.replace("\"", "\"\""));
      desk.jdbi().useHandle(handle -> DutyGrants.execute(handle, made));
    }
    return name;
  }

  /** The ledger as another login finds it. */
  LedgerDatabase.Address as(String login) {
    return new LedgerDatabase.Address(address.jdbcUrl(), login, "");
  }

  void execute(String statement) {
    desk.jdbi().useHandle(handle -> handle.execute(statement));
  }

  static PositionId position(AccountName account) {
    return new PositionId(account, Instrument.parse("NOW260220P00110000"), UUID.randomUUID());
  }

  /** Bought at 4.80, sold at 7.20 for a trailing stop. */
  static PositionState closed(PositionId id) {
    return closed(id, Price.parse("7.20"));
  }

  static PositionState closed(PositionId id, Price price) {
    Basis basis = basis(id, Price.parse("8"));
    return state(
        id,
        Phase.CLOSED,
        Optional.of(Plans.defaultsFor(terms(), basis)),
        Optional.of(basis),
        List.of(new ClosingFill(new BrokerOrderId("o-1"), "c-1", Quantity.of(10), price, AT)),
        List.of(
            new PositionEvent(1, PositionEvent.Type.CLOSED, AT, "closed", Map.of("price", "7.2"))),
        List.of(exit(id, ExitRecord.Status.FILLED)));
  }

  /** Holding all of it, with what the ledger has not acknowledged yet. */
  static PositionState holding(
      PositionId id, Plan plan, Price peak, List<PositionEvent> events, ExitRecord... exits) {
    return state(
        id,
        Phase.EXITING,
        Optional.of(plan),
        Optional.of(basis(id, peak)),
        List.of(),
        events,
        List.of(exits));
  }

  static ExitRecord exit(PositionId id, ExitRecord.Status status) {
    boolean filled = status == ExitRecord.Status.FILLED;
    return new ExitRecord(
        1,
        1,
        "pm-x-1-1-" + id.execution(),
        status,
        ExitReason.TRAILING_STOP,
        Quantity.of(10),
        filled ? Quantity.of(10) : Quantity.ZERO,
        filled ? Optional.of(Price.parse("7.20")) : Optional.empty(),
        filled ? Optional.of(new BrokerOrderId("o-1")) : Optional.empty(),
        AT);
  }

  static EntryTerms terms() {
    return EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(10), AT);
  }

  static Basis basis(PositionId id, Price peak) {
    return new Basis(
        id.instrument(), Direction.LONG, Price.parse("4.80"), Quantity.of(10), peak, AT);
  }

  static PositionState state(
      PositionId id,
      Phase phase,
      Optional<Plan> plan,
      Optional<Basis> basis,
      List<ClosingFill> fills,
      List<PositionEvent> unrecorded,
      List<ExitRecord> unrecordedExits) {
    return state(id, terms(), phase, plan, basis, fills, unrecorded, unrecordedExits);
  }

  static PositionState state(
      PositionId id,
      EntryTerms terms,
      Phase phase,
      Optional<Plan> plan,
      Optional<Basis> basis,
      List<ClosingFill> fills,
      List<PositionEvent> unrecorded,
      List<ExitRecord> unrecordedExits) {
    return new PositionState(
        id,
        terms,
        phase,
        plan,
        basis,
        fills,
        Optional.empty(),
        phase == Phase.CLOSED ? 1 : 0,
        phase == Phase.CLOSED ? Optional.of(ExitReason.TRAILING_STOP) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        unrecorded.stream().mapToInt(PositionEvent::sequence).max().orElse(0),
        unrecorded,
        unrecordedExits,
        Optional.empty(),
        Optional.empty(),
        QuoteThinning.Memory.NOTHING,
        List.of(),
        false,
        Told.NOTHING);
  }

  /** Older than whatever is recorded of the position, with quotes that are not. */
  static PositionState keeping(PositionId id, List<KeptQuote> quotes) {
    return new PositionState(
        id,
        terms(),
        Phase.AWAITING_ENTRY,
        Optional.empty(),
        Optional.empty(),
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
        List.of(),
        Optional.empty(),
        Optional.empty(),
        QuoteThinning.Memory.NOTHING,
        quotes,
        false,
        Told.NOTHING);
  }

  /** Waiting for its entry, with rules that people paused. */
  static PositionState paused(PositionId id, String because) {
    return PositionState.announcedPaused(id, terms(), because);
  }
}
