package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PositionRecord;
import org.positionmanager.activities.ledger.PositionRecords;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.value.Price;

/** Findings by orders of another bot: put right with the real fills, and left alone by the next. */
@Timeout(240)
class SyncAgainTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final AccountName TINY = new AccountName("tiny");
  private static final String WRITTEN = "BAC260220P00056000";
  private static Desk desk;
  private static QuotedMarket market;
  private static Intake intake;
  private static Synced synced;

  @BeforeAll
  static void openTheDesk() throws Exception {
    desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withPrice("PEP", "95")
            .withPrice("MMM", "95")
            .withPrice("BAC", "55")
            .withPrice(WRITTEN, "1.10")
            .start();
    market = QuotedMarket.of(desk.broker(), Map.of("PEP", "100", "MMM", "100", "BAC", "55"));
    intake = desk.intake();
    synced = new Synced(desk);
  }

  @AfterAll
  static void closeTheDesk() throws Exception {
    try (Desk all = desk;
        QuotedMarket quoted = market;
        Intake taking = intake) {
      // each is closed whatever becomes of the others
    }
  }

  private static PositionRecord record(PositionId id) {
    return new PositionRecords(desk.ledger()).find(id).orElseThrow();
  }

  private static List<AlertRecord> alerts(String key) {
    return new PostgresAlerts(desk.ledger())
        .open().stream().filter(it -> it.key().equals(key)).toList();
  }

  /** Nothing of the positions, and no order, may change by another sync. */
  private static SyncReport again(AccountName account) throws Exception {
    List<LedgerReader.Row> rows = desk.reader().positions(true);
    int orders = desk.broker().ordersOf(account.value(), Optional.empty()).size();
    SyncReport report = synced.sync(account);
    assertThat(report.isGood()).as("%s", report).isTrue();
    assertThat(desk.reader().positions(true)).as("a second effect").isEqualTo(rows);
    assertThat(desk.broker().ordersOf(account.value(), Optional.empty())).hasSize(orders);
    return report;
  }

  @Test
  @DisplayName("what another bot sold is booked to the oldest position at its real fill, once")
  void whatAnotherBotSoldIsBookedOnce() throws Exception {
    PositionId older = synced.openedAndReviewed("large", "PEP", 10);
    PositionId younger = synced.openedAndReviewed("large", "PEP", 10);
    market.quote("PEP", "100.5");
    desk.broker().sells("large", "PEP", 12);

    List<SyncReport.Result> found =
        synced.sync(LARGE).results().stream()
            .filter(it -> it.finding().position().instrument().symbol().equals("PEP"))
            .toList();

    assertThat(found)
        .extracting(it -> it.finding().getClass().getSimpleName())
        .containsOnly("ClosedElsewhere");
    assertThat(found)
        .extracting(it -> it.finding().position())
        .containsExactlyInAnyOrder(older, younger);
    desk.awaitPhase(older, Phase.CLOSED);
    synced.awaitHeld(younger, "8");
    assertThat(record(older).reason()).contains(ExitReason.CLOSED_ELSEWHERE);
    assertThat(record(older).averageExit()).contains(Price.parse("100.5"));
    assertThat(record(older).realised()).hasToString("5 USD");
    assertThat(record(younger).realised()).hasToString("1 USD");
    assertThat(desk.historyRowsOf(older)).isOne();
    awaitEnd(older);

    assertThat(again(LARGE).results()).isEmpty();
    assertThat(desk.historyRowsOf(older)).isOne();
    assertThat(desk.broker().exitsOf(older)).isEmpty();
    assertThat(desk.broker().exitsOf(younger)).isEmpty();
  }

  private static void awaitEnd(PositionId id) {
    desk.await(
        "its workflow to end",
        () -> desk.client().newUntypedWorkflowStub(id.workflowId()).describe().getStatus().name(),
        it -> it.endsWith("COMPLETED"));
  }

  @Test
  @DisplayName("a holding that another bot turned short is closed at its real fill, and told, once")
  void aHoldingThatWasTurnedShortIsClosedOnce() throws Exception {
    PositionId flipped = synced.openedAndReviewed("large", "MMM", 10);
    market.quote("MMM", "100.5");
    desk.broker().sells("large", "MMM", 10);
    desk.broker().sells("large", "MMM", 4);
    Thread.sleep(Duration.ofSeconds(3)); // the dispatcher's time to announce: adoptAfter

    Map<String, SyncReport.Result> found = Synced.byKindAndSymbol(synced.sync(LARGE));

    assertThat(found.keySet()).contains("Flipped MMM", "UnexpectedShort MMM");
    assertThat(found.get("Flipped MMM").finding().position()).isEqualTo(flipped);
    desk.awaitPhase(flipped, Phase.CLOSED);
    assertThat(record(flipped).averageExit()).contains(Price.parse("100.5"));
    assertThat(record(flipped).realised()).hasToString("5 USD");
    assertThat(desk.historyRowsOf(flipped)).isOne();
    Finding adopted = found.get("UnexpectedShort MMM").finding();
    desk.awaitPhase(adopted.position(), Phase.PROTECTED);
    synced.awaitHeld(adopted.position(), "4");
    assertThat(alerts("mismatch/flipped/" + flipped)).singleElement();
    awaitEnd(flipped);

    assertThat(again(LARGE).results()).isEmpty();
    assertThat(alerts("mismatch/flipped/" + flipped))
        .singleElement()
        .satisfies(it -> assertThat(it.seen()).as("told once").isEqualTo(1));
    assertThat(desk.historyRowsOf(flipped)).isOne();
    assertThat(desk.broker().held("large", "MMM")).isEqualTo("-4");
  }

  @Test
  @DisplayName("a holding that shrank without a reason is told as long as it is found, and kept")
  void aHoldingThatShrankWithoutAReasonIsKept() throws Exception {
    PositionId written = synced.openedPaused("tiny", WRITTEN, "sell", 1);
    desk.broker().assigns("tiny", WRITTEN, 1); // told of the next day only

    assertThat(Synced.byKindAndSymbol(synced.sync(TINY)).keySet())
        .contains("QuantityShrunk " + WRITTEN, "Untracked BAC");
    desk.await(
        "the delivered shares to be watched",
        () -> desk.reader().positions(false),
        rows ->
            rows.stream()
                .anyMatch(
                    row ->
                        row.id().instrument().symbol().equals("BAC")
                            && row.phase() == Phase.PROTECTED));

    assertThat(again(TINY).results())
        .extracting(it -> it.finding().getClass().getSimpleName())
        .containsExactly("QuantityShrunk");
    assertThat(synced.row(written).phase()).isEqualTo(Phase.PROTECTED);
    assertThat(synced.row(written).held()).hasToString("1");
    assertThat(alerts("mismatch/quantity-shrunk/" + written)).hasSize(1);
    assertThat(desk.broker().exitsOf(written)).isEmpty();
  }
}
