package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Price;

/** Processes are killed at each step of an exit: one order, closed with its real fill. */
@Timeout(300)
class CrashTest {
  private static final String NOW_PUT = "NOW260220P00110000";

  private static Desk desk;
  private static Intake intake;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice(NOW_PUT, "4.80")
            .withPrice("WMT", "128")
            .start();
    intake = desk.intake();
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  @ParameterizedTest(name = "the worker is killed {0} {1} {2}")
  @CsvSource({
    "barrier-before, GET, /v2/orders:by_client_order_id",
    "barrier-before, GET, /v2/positions",
    "barrier-before, POST, /v2/orders",
    "barrier-after, POST, /v2/orders",
    "barrier-before, GET, /v2/orders",
    "barrier-before, GET, /v2/orders/[0-9a-f-]+",
  })
  void killedAtEachStepOneOrderIsMade(String kind, String method, String path) throws Exception {
    PositionId id = desk.opens("large", NOW_PUT, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    Broker.Barrier barrier = desk.broker().barrier(kind, method, path);
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
    desk.await("the request to reach the barrier", barrier::isReached, reached -> reached);

    desk.killWorker();
    barrier.release(kind.equals("barrier-before") && method.equals("POST"));
    desk.startWorker();

    LedgerReader.Row closed = desk.awaitPhase(id, Phase.CLOSED);
    List<JsonNode> exits = desk.broker().exitsOf(id);
    assertThat(exits).as("orders of this exit at the broker").hasSize(1);
    assertThat(exits.getFirst().path("status").asText()).isEqualTo("filled");
    assertThat(closed.held().isZero()).isTrue();
    assertThat(desk.broker().held("large", NOW_PUT)).isEqualTo("0");
  }

  @ParameterizedTest(name = "the engine is killed {0} {1} {2}")
  @CsvSource({
    "barrier-before, GET, /v2/orders:by_client_order_id",
    "barrier-before, POST, /v2/orders",
    "barrier-after, POST, /v2/orders",
  })
  void theEngineKilledAtAStepMakesNoSecondOrder(String kind, String method, String path)
      throws Exception {
    PositionId id = exiting(kind, method, path, desk.engine()::killAndRestart);
    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).as("orders of this exit at the broker").hasSize(1);
    assertThat(desk.broker().held("large", NOW_PUT)).isEqualTo("0");
  }

  @ParameterizedTest(name = "the ledger is killed {0} {1} {2}")
  @CsvSource({
    "barrier-before, GET, /v2/orders:by_client_order_id",
    "barrier-before, POST, /v2/orders",
    "barrier-after, POST, /v2/orders",
  })
  void theLedgerKilledAtAStepMakesNoSecondOrder(String kind, String method, String path)
      throws Exception {
    PositionId id = exiting(kind, method, path, CrashTest::killAndRestartLedger);
    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).as("orders of this exit at the broker").hasSize(1);
    assertThat(desk.historyRowsOf(id)).isOne();
  }

  private interface Crash {
    void happen() throws Exception;
  }

  /** A position whose exit was held up at a step while something crashed. */
  private static PositionId exiting(String kind, String method, String path, Crash crash)
      throws Exception {
    PositionId id = desk.opens("large", NOW_PUT, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    Broker.Barrier barrier = desk.broker().barrier(kind, method, path);
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
    desk.await("the request to reach the barrier", barrier::isReached, reached -> reached);
    crash.happen();
    barrier.release(false);
    return id;
  }

  @Test
  @DisplayName("incident 19: an order that was on its way when the worker died is not sent again")
  void aRequestStillUnderWayAtTheCrashMakesNoSecondOrder() throws Exception {
    PositionId id = desk.opens("large", NOW_PUT, 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    Broker.Barrier barrier = desk.broker().barrier("barrier-before", "POST", "/v2/orders");
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
    desk.await("the request to reach the barrier", barrier::isReached, reached -> reached);
    desk.killWorker();
    barrier.release(false);
    desk.startWorker();

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).hasSize(1);
    assertThat(desk.broker().held("large", NOW_PUT)).isEqualTo("0");
  }

  @Test
  void theTemporalServerIsKilledInTheMiddleOfAnExit() throws Exception {
    PositionId id = desk.opens("tiny", "WMT", 10);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.broker().holdFills("tiny", true);
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
    desk.await("the order", () -> desk.broker().exitsOf(id), orders -> orders.size() == 1);

    desk.engine().killAndRestart();
    desk.broker().holdFills("tiny", false);

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).hasSize(1);
    assertThat(desk.broker().held("tiny", "WMT")).isEqualTo("0");
  }

  @Test
  void postgresIsKilledInTheMiddleOfAnExit() throws Exception {
    PositionId id = desk.opens("tiny", "WMT", 7);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.broker().holdFills("tiny", true);
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
    desk.await("the order", () -> desk.broker().exitsOf(id), orders -> orders.size() == 1);

    desk.ledgerServer().kill();
    desk.ledgerServer().restart();
    desk.broker().holdFills("tiny", false);

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).hasSize(1);
    assertThat(desk.broker().held("tiny", "WMT")).isEqualTo("0");
  }

  @Test
  @DisplayName(
      "incident 12: killed while the history is written, it is written once and then closed")
  void killedWhileTheHistoryIsWritten() throws Exception {
    PositionId id = desk.opens("tiny", "WMT", 4);
    desk.awaitPhase(id, Phase.PROTECTED);
    try (LedgerBlock block = desk.blockWritesOf("position_history")) {
      WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
      desk.await("a writer to wait for the table", block::isWaitedFor, waits -> waits);
      desk.killWorker();
    }
    desk.startWorker();

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).hasSize(1);
    assertThat(desk.historyRowsOf(id)).isOne();
  }

  @Test
  @DisplayName("incident 1: a row read by two intakes at once, and again, makes one workflow")
  void aRowReadByTwoIntakesMakesOneWorkflow() throws Exception {
    try (Intake second = desk.intake()) {
      PositionId id = desk.opens("tiny", "WMT", 3);
      desk.awaitPhase(id, Phase.PROTECTED);
      long workflows =
          desk.await(
              "the workflow to be listed",
              () -> desk.client().listExecutions("WorkflowId = '" + id.workflowId() + "'").count(),
              count -> count > 0);
      assertThat(workflows).isOne();
      WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");
      desk.awaitPhase(id, Phase.CLOSED);
    }
  }

  @Test
  @DisplayName("incident 6: a position that a person closed at the broker ends with that fill")
  void closedByAPersonAtTheBroker() throws Exception {
    PositionId id = desk.opens("large", "WMT", 5);
    desk.awaitPhase(id, Phase.PROTECTED);
    desk.broker().sells("large", "WMT", 5);
    WorkflowStub.fromTyped(desk.position(id)).signal("requestClose");

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.broker().exitsOf(id)).as("nothing was sent").isEmpty();
    assertThat(desk.broker().held("large", "WMT")).isEqualTo("0");
  }

  @Test
  @DisplayName("incident 9: opened and closed by its bracket before anyone looked, it is recorded")
  void openedAndClosedByItsBracketBeforeAnyoneLooked() throws Exception {
    desk.broker().priceIs("DE", "620");
    JsonNode entry =
        desk.broker()
            .places(
                Map.of(
                    "account", "large",
                    "symbol", "DE",
                    "qty", "3",
                    "side", "buy",
                    "type", "market",
                    "time_in_force", "gtc",
                    "order_class", "bracket",
                    "take_profit", Map.of("limit_price", "640"),
                    "stop_loss", Map.of("stop_price", "600")));
    desk.broker().priceIs("DE", "641");
    desk.await(
        "the bracket to sell", () -> desk.broker().held("large", "DE"), held -> held.equals("0"));
    PositionId id =
        new PositionId(new AccountName("large"), Instrument.parse("DE"), UUID.randomUUID());
    DispatcherRows.insert(
        desk.ledgerServer().address(), id, 3, entry.path("id").asText(), desk.broker().now());

    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.position(id).state().averageExit()).contains(Price.parse("641"));
    assertThat(desk.broker().exitsOf(id)).as("nothing was sent").isEmpty();
    assertThat(desk.broker().held("large", "DE")).isEqualTo("0");
  }

  private static void killAndRestartLedger() throws Exception {
    desk.ledgerServer().kill();
    desk.ledgerServer().restart();
  }
}
