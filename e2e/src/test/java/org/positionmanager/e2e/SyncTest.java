package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.value.Price;

/**
 * Each finding made to happen over real processes, put right by a sync, and left alone by the next.
 * Many share one sync, because each takes the broker's lag of 10 seconds.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyncTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  private static final String EXPIRING = "PFE260211C00027500";
  private static final String WRITTEN = "BAC260220P00056000";
  private static final String EXERCISED = "GM260211C00050000";
  private static final List<String> SHARES =
      List.of("DE", "BMY", "WMT", "F", "KO", "PEP", "GE", "IBM", "MMM", "HD", "DIS");
  private static Desk desk;
  private static Intake intake;
  private static Synced synced;

  @BeforeAll
  static void openTheDesk() throws Exception {
    DeskBuilder described = aDesk().withAccounts("large", "tiny");
    for (String share : SHARES) {
      described = described.withPrice(share, "100");
    }
    desk =
        described
            .withPrice("PFE", "25")
            .withPrice(EXPIRING, "0.30")
            .withPrice("BAC", "55")
            .withPrice(WRITTEN, "1.10")
            .withPrice("GM", "55")
            .withPrice(EXERCISED, "5.10")
            .start();
    intake = desk.intake();
    synced = new Synced(desk);
  }

  /** Prices stand still: what is adopted or opened is not closed by its rules. */
  @BeforeEach
  void pinPrices() throws Exception {
    for (String share : SHARES) {
      desk.broker().priceIs(share, "100");
    }
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    intake.close();
    desk.close();
  }

  private static Optional<Instant> filledAt(PositionState state) {
    return state.basis().map(Basis::filledAt).map(at -> at.truncatedTo(ChronoUnit.MILLIS));
  }

  private static PositionId protectedOne(String symbol, int quantity) throws Exception {
    PositionId id = desk.opens("large", symbol, quantity);
    desk.awaitPhase(id, Phase.PROTECTED);
    return id;
  }

  @Test
  @Order(1)
  @DisplayName(
      "incident 7: what broker, ledger and workflows disagree on is put right by one sync, and once")
  void whatDisagreesIsPutRightOnce() throws Exception {
    PositionId grown = protectedOne("WMT", 10);
    PositionId lost = protectedOne("F", 10);
    PositionId older = protectedOne("PEP", 10);
    PositionId younger = protectedOne("PEP", 10);
    PositionId split = synced.openedPaused("large", "GE", "buy", 10);
    PositionId over = protectedOne("IBM", 10);
    PositionId flipped = protectedOne("MMM", 10);
    desk.position(over).requestClose(null);
    desk.awaitPhase(over, Phase.CLOSED);
    desk.await(
        "its workflow to end",
        () -> desk.client().newUntypedWorkflowStub(over.workflowId()).describe().getStatus().name(),
        it -> it.endsWith("COMPLETED"));

    desk.broker().buys("large", "DE", 10);
    desk.broker().buys("large", "WMT", 5);
    desk.broker().sells("large", "KO", 5);
    desk.broker().sells("large", "PEP", 12);
    desk.broker().sells("large", "MMM", 10);
    desk.broker().sells("large", "MMM", 4);
    desk.broker().splits("GE", 2, 1);
    desk.client().newUntypedWorkflowStub(lost.workflowId()).terminate("a test");
    desk.broker()
        .places(
            Map.of(
                "account",
                "large",
                "symbol",
                "IBM",
                "qty",
                "5",
                "side",
                "sell",
                "type",
                "limit",
                "limit_price",
                "190",
                "time_in_force",
                "day",
                "client_order_id",
                "pm-IBM-" + over.execution() + "-9-1"));
    desk.execute(
        "update pm.armed_exits set armed = true, content = '{}', client_order_id = 'x'"
            + " where execution_id = '"
            + over.execution()
            + "'");
    Thread.sleep(Duration.ofSeconds(3)); // the dispatcher's time to announce: adoptAfter

    Map<String, SyncReport.Result> found = Synced.byKindAndSymbol(synced.sync(LARGE));

    assertThat(found.keySet())
        .contains(
            "Untracked DE",
            "QuantityGrown WMT",
            "UnexpectedShort KO",
            "UnexpectedShort MMM",
            "SharesSplit GE",
            "WorkflowLost F",
            "OrphanOrder IBM",
            "StaleArmedExit IBM");
    assertThat(found.keySet())
        .as("unless a review was quicker")
        .containsAnyOf("ClosedElsewhere PEP", "Flipped MMM");
    desk.awaitPhase(older, Phase.CLOSED);
    synced.awaitHeld(younger, "8");
    synced.awaitHeld(split, "20");
    synced.awaitHeld(lost, "10");
    synced.awaitHeld(grown, "10");
    desk.awaitPhase(flipped, Phase.CLOSED);
    assertThat(synced.row(older).reason()).contains(ExitReason.CLOSED_ELSEWHERE);
    for (String adopted : List.of("DE", "KO", "MMM")) {
      PositionId id =
          found
              .get((adopted.equals("DE") ? "Untracked " : "UnexpectedShort ") + adopted)
              .finding()
              .position();
      desk.awaitPhase(id, Phase.PROTECTED);
    }
    assertThat(desk.position(split).state().basis().orElseThrow().entry())
        .isEqualTo(Price.parse("50"));

    assertThat(synced.sync(LARGE).results()).as("a second effect").isEmpty();
  }

  @Test
  @Order(2)
  @DisplayName("incident 8: an execution announced after its holding was adopted is held once")
  void anExecutionAnnouncedLateIsHeldOnce() throws Exception {
    String order = desk.broker().buys("large", "HD", 10);
    Thread.sleep(Duration.ofSeconds(3));
    PositionId adopted =
        Synced.byKindAndSymbol(synced.sync(LARGE)).get("Untracked HD").finding().position();
    desk.awaitPhase(adopted, Phase.PROTECTED);
    PositionId announced = new PositionId(LARGE, Instrument.parse("HD"), UUID.randomUUID());
    desk.announces(announced, 10, order);
    desk.awaitPhase(announced, Phase.PROTECTED);

    Finding found = Synced.byKindAndSymbol(synced.sync(LARGE)).get("Duplicate HD").finding();

    assertThat(found.position()).isEqualTo(adopted);
    desk.awaitPhase(adopted, Phase.NEVER_OPENED);
    assertThat(synced.sync(LARGE).results()).isEmpty();
    assertThat(desk.broker().held("large", "HD")).isEqualTo("10");
  }

  @Test
  @Order(3)
  @DisplayName("under a new symbol a position goes on with its entry and plan, once")
  void underANewSymbolAPositionGoesOn() throws Exception {
    PositionId old = synced.openedPaused("large", "DIS", "buy", 10);
    PositionState before = desk.position(old).state();
    desk.broker().renames("DIS", "DISN");

    Finding found = Synced.byKindAndSymbol(synced.sync(LARGE)).get("SymbolChanged DIS").finding();

    PositionId moved = new PositionId(LARGE, Instrument.parse("DISN"), old.execution());
    assertThat(((Finding.SymbolChanged) found).to()).isEqualTo(moved);
    desk.awaitPhase(old, Phase.CLOSED);
    desk.awaitPhase(moved, Phase.PROTECTED);
    synced.awaitHeld(moved, "10");
    PositionState after = desk.position(moved).state();
    assertThat(after.plan()).isEqualTo(before.plan());
    assertThat(after.basis().map(Basis::entry)).isEqualTo(before.basis().map(Basis::entry));
    assertThat(after.isPaused()).isTrue();
    assertThat(synced.row(old).reason()).contains(ExitReason.SYMBOL_CHANGED);
    assertThat(synced.row(old).realised().amount()).isZero();
    assertThat(synced.sync(LARGE).results()).as("a second effect").isEmpty();

    desk.client().newUntypedWorkflowStub(moved.workflowId()).terminate("a test");
    assertThat(Synced.byKindAndSymbol(synced.sync(LARGE))).containsKey("WorkflowLost DISN");
    synced.awaitHeld(moved, "10");
    desk.await(
        "it to go on from its fill, as exactly as the ledger has it",
        () -> filledAt(desk.position(moved).state()),
        filledAt(before)::equals);
    assertThat(synced.sync(LARGE).results()).isEmpty();
  }

  @Test
  @Order(4)
  @DisplayName("incident 16: a row that is stuck goes on by the broker's word, not by its status")
  void aRowThatIsStuckGoesOnByTheBrokersWord() throws Exception {
    PositionId id = protectedOne("BMY", 10);
    desk.position(id).requestClose(null);
    desk.awaitPhase(id, Phase.CLOSED);
    desk.await(
        "its workflow to end",
        () -> desk.client().newUntypedWorkflowStub(id.workflowId()).describe().getStatus().name(),
        it -> it.endsWith("COMPLETED"));
    // as the replaced system left them: marked, and nobody behind it
    desk.execute("delete from pm.position_history where execution_id = '" + id.execution() + "'");
    desk.execute(
        "update pm.positions set phase = 'EXITING', held = 10 where execution_id = '"
            + id.execution()
            + "'");

    assertThat(Synced.byKindAndSymbol(synced.sync(LARGE))).containsKey("LedgerRowStuck BMY");
    desk.awaitPhase(id, Phase.CLOSED);
    assertThat(desk.historyRowsOf(id)).isEqualTo(1);
    assertThat(desk.broker().exitsOf(id)).hasSize(1);
    assertThat(synced.sync(LARGE).results()).as("a second effect").isEmpty();
    assertThat(desk.historyRowsOf(id)).isEqualTo(1);
  }

  @Test
  @Order(5)
  @DisplayName("incident 21: a read that fails is an error, and nothing is done on it")
  void aReadThatFailsIsAnError() throws Exception {
    desk.broker().fails("status-before", "GET", "/v2/positions", 500, 3);
    SyncReport report = synced.sync(LARGE);
    assertThat(report.isGood()).isTrue();
    assertThat(report.results()).isEmpty();
  }

  @Test
  @Order(6)
  @DisplayName("incident 18: what is covered is proved, and an account without a worker is told")
  void coverageIsProved() throws Exception {
    CommandRun covered =
        desk.await("all to be covered", () -> desk.pm("coverage"), it -> it.exitCode() == 0);
    assertThat(covered.out()).contains("large", "tiny", "all");
    desk.killWorker();
    CommandRun uncovered =
        desk.await("the worker to be missed", () -> desk.pm("coverage"), it -> it.exitCode() == 1);
    assertThat(uncovered.out()).contains("NO_WORKER");
    desk.startWorker();
    desk.await(
        "all to be covered again",
        () -> {
          pinPrices(); // a market goes on quoting
          return desk.pm("coverage");
        },
        it -> it.exitCode() == 0);
  }

  @Test
  @Order(7)
  @DisplayName("incident 6: contracts that expired or were assigned end by the broker's activities")
  void contractsThatEndedAreBooked() throws Exception {
    PositionId expiring = synced.openedPaused("tiny", EXPIRING, "buy", 2);
    PositionId written = synced.openedPaused("tiny", WRITTEN, "sell", 1);
    PositionId exercised = synced.openedPaused("tiny", EXERCISED, "buy", 1);
    desk.broker().assigns("tiny", WRITTEN, 1);
    assertThat(Synced.byKindAndSymbol(synced.sync(TINY)).keySet())
        .as("the activity is posted the next day")
        .contains("QuantityShrunk " + WRITTEN, "Untracked BAC");
    // a worker that was there would not know for a while that its exchange's clock was moved
    desk.killWorker();
    desk.broker().advance(Duration.ofHours(31));
    desk.startWorker();

    SyncReport report = synced.sync(TINY);
    Map<String, SyncReport.Result> found = Synced.byKindAndSymbol(report);

    assertThat(found.keySet())
        .as("%s", report)
        .contains(
            "ExpiredWorthless " + EXPIRING,
            "Assigned " + WRITTEN,
            "Exercised " + EXERCISED,
            "Untracked GM");
    desk.awaitPhase(expiring, Phase.CLOSED);
    desk.awaitPhase(written, Phase.CLOSED);
    desk.awaitPhase(exercised, Phase.CLOSED);
    assertThat(synced.row(exercised).reason()).contains(ExitReason.EXERCISED);
    assertThat(synced.row(expiring).reason()).contains(ExitReason.EXPIRED);
    assertThat(synced.row(written).reason()).contains(ExitReason.ASSIGNED);
    assertThat(synced.row(expiring).realised().amount()).as("all of the premium").isNegative();
    assertThat(synced.sync(TINY).results()).isEmpty();
  }
}
