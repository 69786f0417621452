package org.positionmanager.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.sync.Examples.SHARES;
import static org.positionmanager.workflows.sync.Examples.TEN;
import static org.positionmanager.workflows.sync.Snapshots.LARGE;
import static org.positionmanager.workflows.sync.Snapshots.NOON;
import static org.positionmanager.workflows.sync.Snapshots.bought;
import static org.positionmanager.workflows.sync.Snapshots.found;
import static org.positionmanager.workflows.sync.Snapshots.row;
import static org.positionmanager.workflows.sync.Snapshots.snapshot;
import static org.positionmanager.workflows.sync.Snapshots.sold;
import static org.positionmanager.workflows.sync.Snapshots.takenOver;
import static org.positionmanager.workflows.sync.Snapshots.with;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** More or other shares than are tracked: what is adopted, scaled, moved or waited for. */
class ShareChangesTest {
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
  void aSplitFromBeforeAHoldingWasTakenOverIsInWhatWasTakenOver() {
    Opening more = new Opening(SHARES.instrument(), Direction.LONG, "o2", NOON.minusSeconds(600));
    for (int late : new int[] {0, 1}) {
      LedgerView.Row row =
          takenOver(row(SHARES, 10, TEN), NOON.minus(Duration.ofHours(1)).minusSeconds(late));
      assertThat(
              found(with(snapshot(NOON, 20, List.of(), List.of(more), row), List.of(split("10")))))
          .singleElement()
          .isInstanceOf(late == 1 ? Finding.SharesSplit.class : Finding.QuantityGrown.class);
    }
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

  /** Shares under a symbol that nobody tracks, while those that are tracked are gone. */
  private static Snapshot underANewSymbol(int quantity, List<Opening> openings) {
    Snapshot gone = snapshot(NOON, 0, List.of(), openings, row(SHARES, 10, TEN));
    Quantity held = Quantity.of(quantity);
    Holding there =
        new Holding(Instrument.parse("DEER"), Direction.LONG, held, held, Price.parse("100"));
    BrokerView broker =
        new BrokerView(NOON, NOON, List.of(there), List.of(), List.of(), openings, List.of());
    return new Snapshot(LARGE, broker, gone.ledger(), gone.engine(), gone.watch());
  }

  @Test
  void whatMayBeTrackedUnderAnotherSymbolWaitsUntilTheBrokerTells() {
    assertThat(found(underANewSymbol(10, List.of())))
        .as("the change of symbol is told later, and a person knows")
        .singleElement()
        .isInstanceOf(Finding.QuantityShrunk.class);
    assertThat(found(underANewSymbol(9, List.of())))
        .as("another quantity")
        .anyMatch(Finding.Untracked.class::isInstance);
    Opening order = new Opening(Instrument.parse("DEER"), Direction.LONG, "o9", TEN);
    assertThat(found(underANewSymbol(10, List.of(order))))
        .as("somebody bought it")
        .anyMatch(Finding.Untracked.class::isInstance);
  }
}
