package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.MigratedPosition;
import org.positionmanager.activities.ledger.MigratedRow;
import org.positionmanager.activities.ledger.MigratedRows;
import org.positionmanager.activities.ledger.RowMigration;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * The replaced system's tables, in the ledger's own database and as large as they had become, taken
 * over by the command as a person runs it. Each test goes on where the one before has ended.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationTest {
  private static final String[] MENDED = {
    "update public.dispatch_executions set account_name = 'large' where account_name = 'medium'",
    "update public.active_positions set account_name = 'large' where account_name = 'medium'",
    "update public.active_positions set quantity = 1 where quantity = 'NaN'"
  };

  /** There are rows that cannot be meant, and might speak for what is held. */
  private static final int TO_MEND = 1;

  private static Desk desk;
  private static LedgerDatabase.Address where;
  private static List<String> fingerprints;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice("MSFT", "400")
            .withPrice(OldTables.MSFT, "9.00")
            .withPrice("DE", "622")
            .withPrice("AMD", "205")
            .withPrice("WMT", "128")
            .withPrice(OldTables.AMD, "10.50")
            .start();
    desk.pm("accounts", "alias", "large", "large-100k");
    desk.pm("accounts", "alias", "tiny", "tiny-1k");
    // the system begins after the migration
    desk.killWorker();
    desk.broker().pricesAre(Map.of(OldTables.MSFT, "9.00", "DE", "622", OldTables.AMD, "10.50"));
    desk.broker().buys("large", OldTables.MSFT, 1);
    desk.broker().buys("large", "DE", 43);
    desk.broker().buys("tiny", OldTables.AMD, 1);
    desk.await("the entries", () -> desk.broker().held("tiny", OldTables.AMD), "1"::equals);
    // the old manager has closed a part
    desk.broker().sells("large", "DE", 3);
    desk.await("the rest", () -> desk.broker().held("large", "DE"), "40"::equals);
    // what is held has gained, and lies between its trailing stop and its target
    desk.broker().pricesAre(Map.of(OldTables.MSFT, "13.50", "DE", "629", OldTables.AMD, "11.90"));
    where = desk.ledgerServer().address();
    OldTables.create(where);
    fingerprints = OldTables.fingerprints(where);
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    desk.close();
  }

  private static CommandRun migrate(String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "migrate-from",
                "--url",
                where.jdbcUrl().replaceAll("\\?.*", ""),
                "--user",
                where.user(),
                "--account-of-unnamed",
                "large",
                "--config",
                desk.folder().resolve("pm.yaml").toString()));
    arguments.addAll(Arrays.asList(options));
    return desk.pmWith(
        Map.of("PM_MIGRATE_PASSWORD", where.password()), arguments.toArray(String[]::new));
  }

  private static Map<String, Integer> verdicts(JsonNode report) {
    Map<String, Integer> rows = new HashMap<>();
    report
        .path("verdicts")
        .forEach(
            line ->
                rows.merge(
                    line.path("table").asText() + " " + line.path("verdict").asText(),
                    line.path("rows").asInt(),
                    Integer::sum));
    return rows;
  }

  private static int rowsOf(String table, Map<String, Integer> verdicts) {
    return verdicts.entrySet().stream()
        .filter(it -> it.getKey().startsWith(table + " "))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static PositionId position(int execution, String account, String symbol)
      throws Exception {
    UUID id = OldTables.execution(where, execution);
    return new PositionId(new AccountName(account), Instrument.parse(symbol), id);
  }

  private static String ledgerHas(String query) throws Exception {
    return OldTables.one(where, query);
  }

  @Test
  @Order(1)
  @DisplayName("incident 7: a dry run finds the 3 positions that are held, and writes nothing")
  void aDryRunFindsWhatIsHeldAndWritesNothing() throws Exception {
    CommandRun run = migrate("--json");

    assertThat(run.exitCode()).as("%s", run).isEqualTo(TO_MEND);
    JsonNode report = run.json();
    assertThat(report.path("workflows"))
        .extracting(it -> it.path("position").asText())
        .containsExactlyInAnyOrder(
            position(1, "large", OldTables.MSFT).toString(),
            position(2, "large", "DE").toString(),
            position(3, "tiny", OldTables.AMD).toString());
    Map<String, Integer> verdicts = verdicts(report);
    assertThat(rowsOf("dispatch_executions", verdicts)).isEqualTo(OldTables.EXECUTIONS);
    assertThat(rowsOf("active_positions", verdicts)).isEqualTo(OldTables.POSITIONS);
    assertThat(verdicts)
        .containsEntry("active_positions WORKFLOW", 3)
        .containsEntry("dispatch_executions WORKFLOW", 3)
        .containsKeys(
            "active_positions DUPLICATE",
            "active_positions ACCOUNT_UNKNOWN",
            "dispatch_executions SIMULATED",
            "dispatch_executions NOT_HELD",
            "dispatch_executions CLOSED_BEFORE",
            "position_history CLOSED");
    assertThat(report.path("unexplained")).isEmpty();
    assertThat(report.path("skipped"))
        .singleElement()
        .satisfies(it -> assertThat(it.path("field").asText()).isEqualTo("quantity"))
        .satisfies(it -> assertThat(it.path("fix").asText()).contains("above zero"));
    assertThat(report.path("toMend").asInt()).isPositive();
    assertThat(report.has("applied")).isFalse();
    assertThat(OldTables.fingerprints(where)).isEqualTo(fingerprints);
    assertThat(ledgerHas("select count(*) from pm.positions")).isEqualTo("0");
    assertThat(ledgerHas("select count(*) from pm.migrated_rows")).isEqualTo("0");
    assertThat(ledgerHas("select count(*) from pm.intake_marks")).isEqualTo("0");

    CommandRun words = migrate();
    assertThat(words.out())
        .contains("dry run, nothing was written anywhere")
        .contains("stuck in closing")
        .contains("of an execution of account large")
        .contains("account 'medium' is unknown: add it, or an alias, to pm.yaml")
        .contains("may speak for something that is held: mend them");
  }

  @Test
  @Order(2)
  void aSystemThatStillRunsIsRefusedAndNamed() throws Exception {
    desk.execute(
        "update public.active_positions set last_checked_at = now() at time zone 'UTC'"
            + " where id = 1");
    CommandRun run = migrate("--apply");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("active_positions.last_checked_at").contains("stop");
    assertThat(migrate().out()).as("a dry run tells of it").contains("The old system still runs");
    desk.execute(
        "update public.active_positions set last_checked_at = '2026-02-11 14:58:00' where id = 1");
    assertThat(OldTables.fingerprints(where)).isEqualTo(fingerprints);
  }

  @Test
  @Order(3)
  @DisplayName(
      "incident 16: 8,851 stuck rows are archived, the 3 that are held run with their peaks")
  void whatIsHeldRunsWithItsPeak() throws Exception {
    Instant begun = Instant.now();
    CommandRun run = migrate("--apply", "--json");
    Duration taken = Duration.between(begun, Instant.now());
    System.out.printf(
        "migrated %d executions, %d positions, %d events in %s, broker's lag and start included%n",
        OldTables.EXECUTIONS, OldTables.POSITIONS, OldTables.EVENTS, taken);

    assertThat(run.exitCode()).as("%s", run).isEqualTo(TO_MEND);
    assertThat(taken).isLessThan(Duration.ofMinutes(1));
    assertThat(run.json().path("applied").path("started").asInt()).isEqualTo(3);
    int history = Integer.parseInt(ledgerHas("select count(*) from public.position_history"));
    assertThat(ledgerHas("select count(*) from pm.migrated_rows"))
        .isEqualTo(
            "" + (OldTables.EXECUTIONS + OldTables.POSITIONS + OldTables.EVENTS + history + 2));
    assertThat(OldTables.fingerprints(where)).isEqualTo(fingerprints);
    assertThat(ledgerHas("select count(*) from pm.position_history"))
        .isEqualTo(ledgerHas("select count(*) from pm.migrated_rows where kind = 'CLOSED'"))
        .isNotEqualTo("0");

    desk.startWorker();
    for (Map.Entry<PositionId, String> each :
        Map.of(
                position(1, "large", OldTables.MSFT), "13.95",
                position(2, "large", "DE"), "630",
                position(3, "tiny", OldTables.AMD), "12")
            .entrySet()) {
      desk.awaitPhase(each.getKey(), Phase.PROTECTED);
      PositionState state = desk.position(each.getKey()).state();
      assertThat(state.basis().orElseThrow().peak()).isEqualTo(Price.parse(each.getValue()));
      assertThat(state.basis().orElseThrow().filledAt())
          .isEqualTo(Instant.parse("2026-02-11T14:50:00Z"));
    }
    assertThat(desk.position(position(2, "large", "DE")).state().held()).isEqualTo(Quantity.of(40));
  }

  @Test
  @Order(4)
  void aSecondTimeChangesNothing() throws Exception {
    String before = ledgerHas("select count(*) from pm.migrated_rows");
    String positions = ledgerHas("select count(*) from pm.positions");

    CommandRun run = migrate("--apply");

    assertThat(run.exitCode()).as("%s", run).isEqualTo(TO_MEND);
    assertThat(run.out()).contains("nothing changed").contains("3 workflows run");
    assertThat(ledgerHas("select count(*) from pm.migrated_rows")).isEqualTo(before);
    assertThat(ledgerHas("select count(*) from pm.positions")).isEqualTo(positions);
    assertThat(OldTables.fingerprints(where)).isEqualTo(fingerprints);
  }

  @Test
  @Order(5)
  @DisplayName("incident 1: the intake takes none of the old executions in")
  void theIntakeTakesNoneOfTheOldExecutionsIn() {
    assertThat(new ExecutionInbox(desk.ledger(), new AccountRegistry(desk.ledger())).unread(1_000))
        .isEmpty();
  }

  @Test
  @Order(6)
  void aStartThatACrashPreventedIsMadeUpForByTheNextRun() throws Exception {
    desk.broker().priceIs("WMT", "128");
    desk.broker().buys("large", "WMT", 1);
    PositionId id =
        new PositionId(new AccountName("large"), Instrument.parse("WMT"), UUID.randomUUID());
    committedOnly(id, desk.broker().now());

    CommandRun run = migrate("--apply", "--json");

    assertThat(run.exitCode()).as("%s", run).isEqualTo(TO_MEND);
    assertThat(run.json().path("applied").path("started").asInt()).isEqualTo(1);
    assertThat(run.json().path("applied").path("running").asInt()).isEqualTo(3);
    desk.awaitPhase(id, Phase.PROTECTED);
  }

  /** As a run leaves it that is killed right after its transaction. */
  private static void committedOnly(PositionId id, Instant at) throws Exception {
    String source = ledgerHas("select distinct source from pm.migrated_rows");
    Price entry = Price.parse("128");
    MigratedRows migrated = new MigratedRows(desk.ledger());
    try (RowMigration migration = migrated.begin(source, migrated.known(source))) {
      migration.take(
          new MigratedPosition.Open(
              id,
              EntryTerms.of(Strategy.STOCK, Direction.LONG, Quantity.of(1), at).takingOver(entry),
              Quantity.of(1),
              entry,
              entry,
              at,
              "a test"));
      migration.keep(
          new MigratedRow(
              new MigratedRow.Key("active_positions", "of a test"),
              Optional.of(id.account()),
              Optional.of("WMT"),
              Optional.of(id.execution()),
              MigratedRow.Kind.WORKFLOW,
              "a test",
              Optional.of(at),
              "{}"));
      migration.commit();
    }
  }

  @Test
  @Order(7)
  void theLayoutWithoutAccountsNeedsTheirNameAndItsRowsGetIdsOfTheirOwn() throws Exception {
    desk.execute("create database old_plain");
    LedgerDatabase.Address plain =
        new LedgerDatabase.Address(
            where.jdbcUrl().replaceAll("/[^/?]+(\\?.*)?$", "/old_plain"),
            where.user(),
            where.password());
    OldTables.createWithoutAccounts(plain);
    CommandRun unnamed =
        desk.pmWith(
            Map.of("PM_MIGRATE_PASSWORD", where.password()),
            "migrate-from",
            "--url",
            plain.jdbcUrl(),
            "--user",
            plain.user(),
            "--config",
            desk.folder().resolve("pm.yaml").toString());
    assertThat(unnamed.exitCode()).isEqualTo(2);
    assertThat(unnamed.err()).contains("--account-of-unnamed");

    CommandRun named =
        desk.pmWith(
            Map.of("PM_MIGRATE_PASSWORD", where.password()),
            "migrate-from",
            "--url",
            plain.jdbcUrl(),
            "--user",
            plain.user(),
            "--account-of-unnamed",
            "tiny",
            "--json",
            "--config",
            desk.folder().resolve("pm.yaml").toString());
    assertThat(named.exitCode()).as("%s", named).isZero();
    assertThat(verdicts(named.json()))
        .as(
            "its contract is read from its parts; the ledger has its execution, and one that is over")
        .containsEntry("active_positions LOOKED_AFTER", 1)
        .containsEntry("dispatch_executions LOOKED_AFTER", 2);
    assertThat(named.json().path("unexplained")).isEmpty();
  }

  @Test
  @Order(8)
  @DisplayName("incident 17: it ends with what closes it here, not with what the old manager sold")
  void itEndsWithWhatClosesItHere() throws Exception {
    PositionId id = position(2, "large", "DE");
    desk.broker().sells("large", "DE", 40);
    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(
            ledgerHas(
                "select string_agg(details ->> 'quantity', ',') from pm.position_events"
                    + " where type = 'CLOSED_ELSEWHERE' and execution_id = '%s'"
                        .formatted(id.execution())))
        .isEqualTo("40");
  }

  @Test
  @Order(9)
  void rowsThatAreMendedBecomeSomethingAndTheCommandSaysThatNothingIsMissing() throws Exception {
    String workflows = ledgerHas("select count(*) from pm.migrated_rows where kind = 'WORKFLOW'");
    for (String mend : MENDED) {
      desk.execute(mend);
    }
    CommandRun run = migrate("--apply", "--json");
    assertThat(run.exitCode()).as("%s", run).isZero();
    assertThat(run.json().path("applied").path("written").path("kept").asInt()).isPositive();
    assertThat(ledgerHas("select count(*) from pm.migrated_rows where kind = 'WORKFLOW'"))
        .isEqualTo(workflows);
  }
}
