package org.positionmanager.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.activity.LedgerActivities.Entered;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionEvent;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.sync.Coverage;
import org.positionmanager.workflows.sync.Finding;
import org.positionmanager.workflows.sync.LedgerView;
import org.positionmanager.workflows.sync.SyncReport;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a sync reads of real rows, and what becomes of the alerts that it raised. */
class SyncLedgerTest extends LedgerOnPostgres {
  private PositionId id;
  private PostgresLedger positions;
  private SyncLedger ledger;

  @BeforeEach
  void ready() {
    migrated();
    id = position(LARGE);
    positions = new PostgresLedger(large, LARGE);
    ledger = new SyncLedger(large, LARGE, InstantSource.fixed(AT));
  }

  private static PositionState with(PositionId id, PositionEvent... events) {
    Price peak = Price.parse("8");
    return holding(id, Plans.defaultsFor(terms(), basis(id, peak)), peak, List.of(events));
  }

  private static PositionEvent event(
      int sequence, PositionEvent.Type type, Map<String, String> details) {
    return new PositionEvent(sequence, type, AT, "x", details);
  }

  private static PositionEvent sold(int sequence, String order, String quantity) {
    return event(
        sequence,
        PositionEvent.Type.CLOSED_ELSEWHERE,
        Map.of("order", order, "quantity", quantity, "price", "5"));
  }

  private static PositionEvent split(int sequence) {
    return event(
        sequence,
        PositionEvent.Type.SPLIT,
        Map.of("activity", "a-1", "before", "6", "after", "12"));
  }

  private LedgerView.Row row() {
    return ledger.positions().row(id).orElseThrow();
  }

  @Test
  void anAccountThatIsTakenOutOfUseIsKnownToBe() {
    assertThat(ledger.isInUse()).isTrue();
    registry.setActive(LARGE, false);
    assertThat(ledger.isInUse()).isFalse();
  }

  @Test
  void whatIsBookedSplitAndGivenAwayCountsSinceItWasOpenedLast() {
    positions.record(
        with(
            id,
            event(1, PositionEvent.Type.OPENED, Map.of()),
            sold(2, "x", "3"),
            event(3, PositionEvent.Type.OPENED, Map.of()),
            sold(4, "x", "4"),
            split(5),
            event(6, PositionEvent.Type.GAVE_WAY, Map.of("to", "other", "quantity", "2"))));
    assertThat(row().bookedOf("x")).isEqualTo(Quantity.of(4));
    assertThat(row().splits()).isEqualTo(Map.of("a-1", Quantity.of(6)));
    assertThat(row().gaveWay()).isEqualTo(Map.of("other", Quantity.of(2)));
  }

  @Test
  void whatWasTakenUpAfterARebuildGoesOnCounting() {
    positions.record(
        with(
            id,
            event(1, PositionEvent.Type.OPENED, Map.of()),
            sold(2, "x", "4"),
            split(3),
            event(4, PositionEvent.Type.TAKEN_UP, Map.of())));
    assertThat(row().bookedOf("x")).isEqualTo(Quantity.of(4));
    assertThat(row().splits()).containsKey("a-1");
    Entered entered = positions.recall(id).orElseThrow().entered().orElseThrow();
    assertThat(entered.isSplit()).isTrue();
    assertThat(entered.price()).isEqualTo(Price.parse("4.80"));
    assertThat(entered.opened()).isEqualTo(Quantity.of(10));
    assertThat(entered.at()).isEqualTo(AT);
    assertThat(entered.events()).containsExactly(sold(2, "x", "4"), split(3));
  }

  @Test
  void reviewsAreKeptTogetherAndNeverGoBack() {
    PositionId unknown = position(LARGE);
    positions.record(with(id));
    ledger.reviewed(Map.of(id, AT.plusSeconds(9), unknown, AT));
    assertThat(row().reviewedAt()).contains(AT.plusSeconds(9));
    ledger.reviewed(Map.of(id, AT));
    assertThat(row().reviewedAt()).contains(AT.plusSeconds(9));
  }

  @Test
  void onlyWhatIsOpenIsReadWhereNothingIsToBeExplained() {
    PositionId over = position(LARGE);
    positions.record(with(id, event(1, PositionEvent.Type.OPENED, Map.of()), sold(2, "x", "3")));
    positions.record(closed(over));
    assertThat(ledger.positions().rows()).extracting(LedgerView.Row::id).contains(id, over);
    LedgerView.Row open = ledger.openPositions().row(id).orElseThrow();
    assertThat(ledger.openPositions().rows()).containsExactly(open);
    assertThat(open.held()).isEqualTo(row().held());
    assertThat(open.booked()).isEmpty();
  }

  @Test
  void whetherWhatGoesOnUnderAnotherSymbolCountsAsAdoptedIsForTheFirstToSay() {
    positions.record(with(id, event(1, PositionEvent.Type.OPENED, Map.of())));
    execute("update positions set terms = jsonb_set(terms, '{adoptHolding}', 'true')");
    assertThat(row().adopted()).isTrue();
    positions.record(with(id, event(2, PositionEvent.Type.OPENED, Map.of("from", "OLD"))));
    PositionId first = new PositionId(LARGE, Instrument.parse("OLD"), id.execution());
    positions.record(with(first, event(1, PositionEvent.Type.OPENED, Map.of())));
    String adopt = "update positions set terms = jsonb_set(terms, '{adoptHolding}', 'true')";
    execute(adopt + " where symbol <> 'OLD'");
    assertThat(row().adopted()).as("the first was announced").isFalse();
    execute(adopt);
    assertThat(row().adopted()).as("the first was adopted").isTrue();
  }

  @Test
  void aRunIsGoodWhereEverythingWasComparedAndPutRight() {
    Finding found = new Finding.LedgerRowStuck(id, Phase.EXITING);
    assertThat(ledger.hasGoodRun()).as("none yet").isFalse();
    ledger.record(report("r1", 1));
    ledger.record(new SyncReport(LARGE, "r2", AT, AT, List.of(), 0, Optional.of("positions: 500")));
    ledger.record(
        new SyncReport(
            LARGE,
            "r3",
            AT,
            AT,
            List.of(new SyncReport.Result(found, Optional.empty(), Optional.of("no engine"))),
            0,
            Optional.empty()));
    assertThat(ledger.hasGoodRun()).as("unsure, unread, not put right").isFalse();
    ledger.record(report("r4", 0, found));
    assertThat(ledger.hasGoodRun()).isTrue();
  }

  @Test
  void runsAreForgottenAfterThirtyDays() {
    Finding found = new Finding.LedgerRowStuck(id, Phase.EXITING);
    ledger.record(report("r1", 0, found));
    Instant later = AT.plus(Duration.ofDays(30));
    ledger.record(new SyncReport(LARGE, "r2", later, later, List.of(), 0, Optional.empty()));
    assertThat(count(desk, "sync_runs")).isEqualTo(2);
    Instant after = later.plusSeconds(1);
    ledger.record(new SyncReport(LARGE, "r3", after, after, List.of(), 0, Optional.empty()));
    assertThat(value("select string_agg(run, ' ' order by run) from sync_runs")).contains("r2 r3");
    assertThat(count(desk, "sync_findings")).isZero();
  }

  @Test
  void beforeItsFillAPositionHasNoEntryToRecall() {
    positions.record(paused(id, "a test"));
    assertThat(positions.recall(id).orElseThrow().entered()).isEmpty();
  }

  @Test
  @DisplayName("incident 2: the id of an adoption stays used up, however long it is over")
  void theIdOfAnAdoptionStaysUsedUp() {
    PositionId announced = position(LARGE);
    positions.record(closed(id));
    positions.record(closed(announced));
    execute("update positions set updated_at = now() - interval '60 days'");
    execute(
        "update positions set terms = jsonb_set(terms, '{adoptHolding}', 'true') where execution_id"
            + " = '"
            + id.execution()
            + "'");
    assertThat(ledger.positions().rows()).extracting(LedgerView.Row::id).containsExactly(id);
  }

  private void raise(String key) {
    positions.raise(new Alert(id, key, Alert.Severity.CRITICAL, "look", AT));
  }

  private Optional<String> open(String key) {
    return value("select kind from alerts where resolved_at is null and key = '" + key + "'");
  }

  @Test
  void thatItWasFlippedOrAssignedIsStillToldOnceThePositionIsOver() {
    String flipped = AlertKind.MISMATCH.key("flipped/" + id);
    String assigned = AlertKind.MISMATCH.key("assigned/" + id);
    String adopted = AlertKind.MISMATCH.key("adopted/" + id);
    positions.record(with(id));
    List.of(flipped, assigned, adopted).forEach(this::raise);
    positions.record(closed(id));
    assertThat(open(flipped)).contains("MISMATCH");
    assertThat(open(assigned)).contains("MISMATCH");
    assertThat(open(adopted)).isEmpty();
  }

  private SyncReport report(String run, int unsure, Finding... found) {
    return new SyncReport(
        LARGE,
        run,
        AT,
        AT,
        java.util.Arrays.stream(found)
            .map(it -> new SyncReport.Result(it, Optional.of("told"), Optional.empty()))
            .toList(),
        unsure,
        Optional.empty());
  }

  @Test
  void whatWasMissingIsToldUntilASyncFindsThatItIsNot() {
    String key = AlertKind.MISMATCH.key("quantity-shrunk/" + id);
    positions.record(with(id));
    raise(key);
    Finding still = new Finding.QuantityShrunk(id, List.of(id), Quantity.of(10), Quantity.of(4));
    ledger.record(report("r1", 0, still));
    assertThat(open(key)).as("found again").isPresent();
    ledger.record(report("r2", 1));
    assertThat(open(key)).as("not sure").isPresent();
    ledger.record(report("r3", 0));
    assertThat(open(key)).isEmpty();
  }

  @Test
  void gapsAreOneAlertUntilAllIsCovered() {
    String key = AlertKind.MISMATCH.key("coverage");
    Coverage.Gap gap =
        new Coverage.Gap(Coverage.Reason.NO_WATCH, Optional.empty(), Optional.empty(), "nobody");
    Instant at = Instant.parse("2026-02-11T15:00:00Z");
    assertThat(ledger.record(new Coverage(LARGE, at, 1, 1, List.of(gap)))).isFalse();
    assertThat(ledger.record(new Coverage(LARGE, at, 1, 1, List.of(gap, gap)))).isFalse();
    assertThat(open(key)).contains("MISMATCH");
    assertThat(value("select message from alerts").orElseThrow()).contains("2 in all", "nobody");
    assertThat(ledger.record(new Coverage(LARGE, at, 1, 1, List.of()))).isTrue();
    assertThat(open(key)).isEmpty();
  }
}
