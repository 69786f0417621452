package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresLedger;
import org.positionmanager.starter.PmRun;
import org.positionmanager.worker.RunFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.replay.KeptQuote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * {@code pm replay --position} on a real ledger: what was recorded, and what else might have been.
 */
@Timeout(120)
class RecordedReplayTest {
  private static final AccountName LARGE = new AccountName("large");

  @TempDir private static Path desk;
  private static EmbeddedPostgres postgres;
  private static LedgerDatabase.Address address;
  private static AutoCloseable runs;

  @BeforeAll
  static void aLedger() throws Exception {
    postgres = EmbeddedPostgres.start();
    address =
        new LedgerDatabase.Address(
            "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
            "postgres",
            "postgres");
    try (LedgerDatabase ledger = LedgerDatabase.forDesk(address, 4)) {
      ledger.migrate();
      new AccountRegistry(ledger)
          .register(new AccountRegistry.Registered(LARGE, List.of(), "PA1LARGE", false));
    }
    runs = RunFile.write(desk, "127.0.0.1:1", address);
  }

  @AfterAll
  static void noLedger() throws Exception {
    runs.close();
    postgres.close();
  }

  /** Sold by its target at 5.99. */
  private static PositionId closed(NamedPlans choice, List<KeptQuote> quotes) throws Exception {
    PositionId id =
        new PositionId(LARGE, Instrument.parse("MSFT260320C00400000"), UUID.randomUUID());
    Plan plan = Reports.of(Reports.hill(), choice).outcomes().getFirst().plan();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into pm.positions (account, symbol, execution_id, phase, direction, strategy,
                  quantity, held, entry_price, peak, plan_version, plan, exits_settled, exit_reason,
                  realised, last_event, opened_at)
                values (?, ?, ?, 'CLOSED', 'LONG', 'SWING_TRADE', 10, 0, 5, 6.01, 1,
                  cast(? as jsonb), 1, 'TARGET', 990, 1, ?)
                """);
        PreparedStatement history =
            connection.prepareStatement(
                """
                insert into pm.position_history (account, symbol, execution_id, direction, strategy,
                  quantity, multiplier, entry_price, exit_price, realised, reason, opened_at,
                  closed_at)
                select account, symbol, execution_id, direction, strategy, 10, 100, 5, 5.99, 990,
                  'TARGET', opened_at, opened_at + interval '52 minutes'
                from pm.positions where execution_id = ?
                """)) {
      insert.setString(1, LARGE.value());
      insert.setString(2, id.instrument().symbol());
      insert.setObject(3, id.execution());
      insert.setString(4, Payloads.mapper().writeValueAsString(plan));
      insert.setTimestamp(5, Timestamp.from(Reports.OPEN));
      insert.executeUpdate();
      history.setObject(1, id.execution());
      history.executeUpdate();
    }
    try (LedgerDatabase ledger = LedgerDatabase.forAccount(address, 2, LARGE)) {
      new PostgresLedger(ledger, LARGE).record(keeping(id, quotes));
    }
    return id;
  }

  /** A state that has nothing to record but quotes. */
  private static PositionState keeping(PositionId id, List<KeptQuote> quotes) throws Exception {
    EntryTerms terms =
        EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(10), Reports.OPEN);
    ObjectMapper json = Payloads.mapper();
    ObjectNode state = json.valueToTree(PositionState.announced(id, terms));
    state.set("unrecordedQuotes", json.valueToTree(quotes));
    return json.treeToValue(state, PositionState.class);
  }

  private static List<KeptQuote> hill() {
    List<KeptQuote> kept = new ArrayList<>();
    Reports.hill().forEach(seen -> kept.add(new KeptQuote(seen, 1, KeptQuote.Why.INTERVAL)));
    return kept;
  }

  private static PmRun replay(PositionId id, String... more) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--position"));
    arguments.add(id.execution().toString().substring(0, 8));
    arguments.addAll(List.of("--data", desk.toString()));
    arguments.addAll(List.of(more));
    return PmRun.of(arguments.toArray(String[]::new));
  }

  @Test
  @DisplayName("a closed position's quotes are replayed by its own plan and by others")
  void aPositionIsReplayed() throws Exception {
    PositionId id = closed(Reports.tight(), hill());
    PmRun run = replay(id, "--plan", "recorded", "--plan", "default", "--no-plot");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "LONG 10 MSFT260320C00400000 at 5, entered 2026-02-11 09:30:00 (New York)",
            id + ": 121 recorded quotes",
            "really: CLOSED TARGET at 5.99, realised 990 USD");
    assertThat(run.out()).containsPattern("recorded +\\| 10:22:00 +\\| target +\\| +10 \\| +5.99");
    assertThat(run.out()).containsPattern("default +\\| ");
  }

  @Test
  @DisplayName("without a name it is the plan in force last that is replayed, for machines too")
  void itsOwnPlanIsTheUsualOne() throws Exception {
    PositionId id = closed(Reports.tight(), hill());
    PmRun run = replay(id, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode answer = Payloads.mapper().readTree(run.out());
    assertThat(answer.path("plans")).hasSize(1);
    JsonNode plan = answer.path("plans").get(0);
    assertThat(plan.path("name").asText()).isEqualTo("recorded");
    assertThat(plan.path("plan").path("rules").get(0).path("type").asText()).isEqualTo("stopLoss");
    JsonNode result = plan.path("result");
    assertThat(plan.path("profit").asText()).isEqualTo("990 USD");
    assertThat(plan.path("gain").asText()).isEqualTo("19.8%");
    assertThat(result.path("held").asText()).isEqualTo(Duration.ofMinutes(52).toString());
    assertThat(result.path("exits").get(0).path("reason").asText()).isEqualTo("TARGET");
    assertThat(result.path("changes").get(0).path("rules")).hasSize(2);
  }

  @Test
  void whatCannotBeReplayedIsTold() throws Exception {
    PositionId id = closed(Reports.tight(), List.of());
    assertRefused(replay(id), 1, "the ledger has no quotes of " + id);
    assertRefused(replay(id, "--entry", "4"), 2, "--position: what was opened is known already");
    PmRun unknown =
        PmRun.of("replay", "--position", "zzzz", "--data", desk.toString(), "--no-plot");
    assertRefused(unknown, 2, "no position has an id that begins with 'zzzz'");
    PositionId withQuotes = closed(Reports.tight(), hill());
    assertRefused(
        replay(withQuotes, "--plan", "nope"),
        2,
        "there is no plan 'nope'; use one of [recorded, default, options");
  }

  private static void assertRefused(PmRun run, int exitCode, String says) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
    assertThat(run.err()).contains(says);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
