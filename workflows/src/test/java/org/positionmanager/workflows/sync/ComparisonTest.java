package org.positionmanager.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.sync.Examples.OTHERS;
import static org.positionmanager.workflows.sync.Examples.SHARES;
import static org.positionmanager.workflows.sync.Examples.TEN;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What one comparison says, and what two make of it. */
class ComparisonTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final Instant NOON = TEN.plus(Duration.ofHours(2));

  private static LedgerView.Row row(PositionId id, int held, Instant openedAt) {
    return new LedgerView.Row(
        id,
        Phase.PROTECTED,
        Direction.LONG,
        Optional.of(Quantity.of(10)),
        Quantity.of(held),
        Optional.of(Price.parse("100")),
        Optional.of(openedAt),
        Optional.empty(),
        openedAt,
        false,
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        Optional.of(Duration.ofMinutes(1)),
        Optional.of(NOON.minusSeconds(20)));
  }

  private static Snapshot snapshot(
      Instant at,
      int held,
      List<Closing> closings,
      List<Opening> openings,
      LedgerView.Row... rows) {
    Quantity quantity = Quantity.of(Math.abs(held));
    Direction direction = held < 0 ? Direction.SHORT : Direction.LONG;
    List<Holding> holdings =
        held == 0
            ? List.of()
            : List.of(
                new Holding(
                    SHARES.instrument(), direction, quantity, quantity, Price.parse("101")));
    Map<PositionId, EngineView.Life> lives =
        List.of(rows).stream()
            .collect(Collectors.toMap(LedgerView.Row::id, row -> EngineView.Life.RUNNING));
    List<WatchView.Armed> armed =
        List.of(rows).stream()
            .map(row -> new WatchView.Armed(row.id(), 1, true, 1, true, false, Optional.empty()))
            .toList();
    return new Snapshot(
        LARGE,
        new BrokerView(at, at, holdings, List.of(), closings, openings, List.of()),
        new LedgerView(at, List.of(rows)),
        new EngineView(at, lives),
        new WatchView(at, true, armed));
  }

  private static Closing sold(String order, int quantity, Instant at) {
    return new Closing(
        SHARES.instrument(),
        Direction.LONG,
        Closing.Kind.FILLED,
        new ClosingFill(
            new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse("99"), at));
  }

  private static Closing bought(String order, int quantity, Instant at) {
    return new Closing(
        SHARES.instrument(),
        Direction.SHORT,
        Closing.Kind.FILLED,
        new ClosingFill(
            new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse("99"), at));
  }

  private static List<Finding> found(Snapshot snapshot) {
    return Comparison.of(snapshot, SyncRules.SHIPPED).found();
  }

  @Test
  @DisplayName("incident 21: absence counts after two looks 10 s apart, not a moment sooner")
  void absenceCountsAfterTwoLooks() {
    LedgerView.Row row = row(SHARES, 10, TEN);
    Look first = Comparison.of(snapshot(NOON, 0, List.of(), List.of(), row), SyncRules.SHIPPED);
    Look tooSoon =
        Comparison.of(
            snapshot(NOON.plusMillis(9_999), 0, List.of(), List.of(), row), SyncRules.SHIPPED);
    Look late =
        Comparison.of(
            snapshot(NOON.plusSeconds(10), 0, List.of(), List.of(), row), SyncRules.SHIPPED);
    assertThat(tooSoon.believed(first)).isEmpty();
    assertThat(late.believed(first))
        .containsExactly(
            new Finding.QuantityShrunk(SHARES, List.of(SHARES), Quantity.of(10), Quantity.ZERO));
  }

  @Test
  @DisplayName("incident 20: what others sold closes the oldest first, each fill once")
  void whatOthersSoldClosesTheOldestFirst() {
    List<Finding> found =
        found(
            snapshot(
                NOON,
                8,
                List.of(sold("x", 12, NOON.minusSeconds(60))),
                List.of(),
                row(OTHERS, 10, TEN.plusSeconds(60)),
                row(SHARES, 10, TEN)));
    assertThat(found)
        .extracting(finding -> finding.position() + " " + finding.evidence())
        .containsExactlyInAnyOrder(
            SHARES + " 10 closed at 99 by x", OTHERS + " 2 closed at 99 by x");
  }

  @Test
  @DisplayName(
      "incident 2: a holding nobody tracks is adopted, after the dispatcher had its minute")
  void aHoldingNobodyTracksIsAdopted() {
    Opening opening = new Opening(SHARES.instrument(), Direction.LONG, "o", NOON.minusSeconds(60));
    Opening fresh = new Opening(SHARES.instrument(), Direction.LONG, "o", NOON.minusSeconds(59));
    assertThat(found(snapshot(NOON, 10, List.of(), List.of(fresh)))).isEmpty();
    Finding found = found(snapshot(NOON, 10, List.of(), List.of(opening))).getFirst();
    assertThat(found).isInstanceOf(Finding.Untracked.class);
    assertThat(found(snapshot(NOON.plusSeconds(300), 10, List.of(), List.of(opening))))
        .as("the same position from every sync")
        .containsExactly(found);
  }

  @Test
  @DisplayName("incident 9: what is left of a holding is adopted so that the average entry holds")
  void whatIsLeftIsAdoptedByTheAverage() {
    Finding found =
        found(
                snapshot(
                    NOON,
                    20,
                    List.of(),
                    List.of(
                        new Opening(SHARES.instrument(), Direction.LONG, "o2", TEN.plusSeconds(1))),
                    row(SHARES, 10, TEN)))
            .getFirst();
    assertThat(((Finding.QuantityGrown) found).adoption().entry()).isEqualTo(Price.parse("102"));
  }

  @Test
  void aSplitBeforeAChangeOfSymbolIsScaledByWhatWasHeldThen() {
    Snapshot gone = snapshot(NOON, 0, List.of(), List.of(), row(SHARES, 10, TEN));
    ShareChange split =
        new ShareChange(
            "a1",
            SHARES.instrument(),
            new BigDecimal("10"),
            Optional.empty(),
            NOON.minusSeconds(90));
    ShareChange renamed =
        new ShareChange(
            "a2",
            SHARES.instrument(),
            new BigDecimal("20"),
            Optional.of(Instrument.parse("DEER")),
            NOON.minusSeconds(60));
    BrokerView broker =
        new BrokerView(
            NOON, NOON, List.of(), List.of(), List.of(), List.of(), List.of(split, renamed));
    Snapshot both = new Snapshot(LARGE, broker, gone.ledger(), gone.engine(), gone.watch());
    assertThat(found(both))
        .containsExactly(new Finding.SharesSplit(SHARES, "a1", Quantity.of(10), Quantity.of(20)));
  }

  @Test
  void aShortHoldingIsAFindingOfItsOwn() {
    List<Finding> found =
        found(
            snapshot(
                NOON,
                -5,
                List.of(sold("x", 15, NOON.minusSeconds(60))),
                List.of(),
                row(SHARES, 10, TEN)));
    assertThat(found)
        .extracting(finding -> finding.getClass().getSimpleName())
        .containsExactlyInAnyOrder("Flipped", "UnexpectedShort");
  }

  @Test
  @DisplayName("incident 18: what neither watch nor review judged lately is not covered")
  void whatNobodyJudgedLatelyIsNotCovered() {
    Snapshot now = snapshot(NOON, 10, List.of(), List.of(), row(SHARES, 10, TEN));
    Snapshot later = snapshot(NOON.plusSeconds(71), 10, List.of(), List.of(), row(SHARES, 10, TEN));
    Optional<Instant> open = Optional.of(TEN);
    assertThat(Coverage.of(now, open).gaps()).isEmpty();
    assertThat(Coverage.of(later, open).gaps())
        .extracting(Coverage.Gap::reason)
        .containsExactly(Coverage.Reason.NOT_EVALUATED);
    assertThat(Coverage.of(later, Optional.empty()).gaps()).as("while it is closed").isEmpty();
  }

  @Test
  @DisplayName("incident 2: a holding that nobody tracks is not covered, once two proofs say so")
  void aHoldingThatNobodyTracksIsNotCovered() {
    Coverage proof = Coverage.of(snapshot(NOON, 10, List.of(), List.of()), Optional.empty());
    Coverage before = Coverage.of(snapshot(NOON, 0, List.of(), List.of()), Optional.empty());
    assertThat(proof.gaps())
        .extracting(Coverage.Gap::reason)
        .containsExactly(Coverage.Reason.NOT_TRACKED);
    assertThat(proof.confirmedBy(before).isComplete()).isTrue();
    assertThat(proof.confirmedBy(proof).isComplete()).isFalse();
  }

  private static Snapshot with(Snapshot of, List<ShareChange> changes) {
    BrokerView broker =
        new BrokerView(
            of.broker().readAt(),
            of.broker().exchangeTime(),
            of.broker().holdings(),
            List.of(),
            of.broker().closings(),
            of.broker().openings(),
            changes);
    return new Snapshot(LARGE, broker, of.ledger(), of.engine(), of.watch());
  }

  private static ShareChange split(String more) {
    return new ShareChange(
        "a1",
        SHARES.instrument(),
        new BigDecimal(more),
        Optional.empty(),
        NOON.minus(Duration.ofHours(1)));
  }

  @Test
  void aSurplusThatNoOrderOpenedIsLeftToTheSplitThatTheBrokerHasYetToTellOf() {
    Opening entry = new Opening(SHARES.instrument(), Direction.LONG, "o1", TEN);
    Snapshot early = snapshot(NOON, 20, List.of(), List.of(entry), row(SHARES, 10, TEN));
    assertThat(found(early)).isEmpty();
    assertThat(found(with(early, List.of(split("10")))))
        .containsExactly(new Finding.SharesSplit(SHARES, "a1", Quantity.of(10), Quantity.of(20)));
  }

  @Test
  void anEntryIsKnownThoughTheLedgerKeepsMicroseconds() {
    Instant filled = TEN.plusNanos(123_456_789);
    Opening entry = new Opening(SHARES.instrument(), Direction.LONG, "o1", filled);
    LedgerView.Row row = row(SHARES, 10, filled.truncatedTo(ChronoUnit.MICROS));
    assertThat(found(snapshot(NOON, 20, List.of(), List.of(entry), row))).isEmpty();
  }

  @Test
  void whatWasOpenedBeforeTheOldestTrackedPositionExplainsNoSurplus() {
    Opening before =
        new Opening(SHARES.instrument(), Direction.LONG, "o1", TEN.minus(Duration.ofDays(3)));
    assertThat(found(snapshot(NOON, 20, List.of(), List.of(before), row(SHARES, 10, TEN))))
        .as("left to a split: that order is over, or the entry of who tracks")
        .isEmpty();
  }

  @Test
  void whatIsLeftOfAnOrderFromBeforeTheOldestTrackedPositionIsAdoptedWhereOrdersMakeUpForAll() {
    Instant earlier = TEN.minus(Duration.ofHours(1));
    Opening before = new Opening(SHARES.instrument(), Direction.LONG, "o1", earlier);
    List<Closing> orders = List.of(bought("o1", 10, earlier), bought("o2", 10, TEN));
    assertThat(found(snapshot(NOON, 20, orders, List.of(before), row(SHARES, 10, TEN))))
        .singleElement()
        .isInstanceOf(Finding.QuantityGrown.class);
    assertThat(found(snapshot(NOON, 30, orders, List.of(before), row(SHARES, 10, TEN))))
        .as("more than all orders bought")
        .isEmpty();
  }

  @Test
  void whatWasOpenedAfterTheOldestTrackedPositionAndIsNobodysIsAdopted() {
    Opening after =
        new Opening(SHARES.instrument(), Direction.LONG, "o2", TEN.plus(Duration.ofMillis(2)));
    assertThat(found(snapshot(NOON, 20, List.of(), List.of(after), row(SHARES, 10, TEN))))
        .singleElement()
        .isInstanceOf(Finding.QuantityGrown.class);
  }

  @Test
  void aSplitIsSeenThoughTradesMadeTheQuantitiesEqual() {
    Snapshot equal =
        snapshot(
            NOON,
            10,
            List.of(sold("x", 10, NOON.minusSeconds(60))),
            List.of(),
            row(SHARES, 10, TEN));
    assertThat(found(with(equal, List.of(split("10")))))
        .containsExactly(new Finding.SharesSplit(SHARES, "a1", Quantity.of(10), Quantity.of(20)));
  }

  @Test
  void aSplitThatWasInWhatWasAdoptedIsNotScaledAgain() {
    Snapshot equal = snapshot(NOON, 20, List.of(), List.of(), row(SHARES, 20, TEN));
    assertThat(found(with(equal, List.of(split("10"))))).isEmpty();
  }

  @Test
  void aChangeOfSymbolGoesOneWay() {
    Instrument renamed = Instrument.parse("DEER");
    Instant at = NOON.minusSeconds(60);
    ShareChange left =
        new ShareChange("a1", SHARES.instrument(), new BigDecimal("10"), Optional.of(renamed), at);
    ShareChange came =
        new ShareChange("a2", renamed, new BigDecimal("-10"), Optional.of(SHARES.instrument()), at);
    PositionId there = new PositionId(LARGE, renamed, SHARES.execution());
    Snapshot before = snapshot(NOON, 0, List.of(), List.of(), row(SHARES, 10, TEN));
    assertThat(found(with(before, List.of(came, left))))
        .containsExactly(new Finding.SymbolChanged(SHARES, there, "a1"));
    Snapshot after = snapshot(NOON, 0, List.of(), List.of(), row(there, 10, TEN));
    assertThat(found(with(after, List.of(came, left))))
        .as("nothing is held of either")
        .noneMatch(Finding.SymbolChanged.class::isInstance);
  }
}
