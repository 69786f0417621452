package org.positionmanager.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.workflows.sync.Examples.OTHERS;
import static org.positionmanager.workflows.sync.Examples.SHARES;
import static org.positionmanager.workflows.sync.Examples.TEN;
import static org.positionmanager.workflows.sync.Snapshots.LARGE;
import static org.positionmanager.workflows.sync.Snapshots.NOON;
import static org.positionmanager.workflows.sync.Snapshots.found;
import static org.positionmanager.workflows.sync.Snapshots.row;
import static org.positionmanager.workflows.sync.Snapshots.snapshot;
import static org.positionmanager.workflows.sync.Snapshots.sold;
import static org.positionmanager.workflows.sync.Snapshots.takenOver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** What one comparison says, and what two make of it. */
class ComparisonTest {
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
  @DisplayName("incident 17: what another system sold before it was taken over closes nothing here")
  void whatAnotherSystemSoldClosesNothingHere() {
    Instant since = TEN.plusSeconds(600);
    LedgerView.Row taken = takenOver(row(SHARES, 10, TEN), since);
    LedgerView.Row closed = row(OTHERS, 0, TEN, Phase.CLOSED, Optional.of(since.minusMillis(1)));
    Finding unexplained =
        new Finding.QuantityShrunk(SHARES, List.of(SHARES), Quantity.of(10), Quantity.of(4));

    assertThat(
            found(snapshot(NOON, 4, List.of(sold("x", 6, since.minusMillis(1))), List.of(), taken)))
        .containsExactly(unexplained);
    assertThat(
            found(
                snapshot(
                    NOON,
                    4,
                    List.of(sold("x", 6, since.minusMillis(2))),
                    List.of(),
                    taken,
                    closed)))
        .as("nor is it passed on by what that system closed")
        .contains(unexplained)
        .noneMatch(Finding.ClosedElsewhere.class::isInstance);
    assertThat(found(snapshot(NOON, 4, List.of(sold("x", 6, since)), List.of(), taken)))
        .singleElement()
        .isInstanceOf(Finding.ClosedElsewhere.class);
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

  @Test
  void whatOthersSoldClosesLastWhoIsExitingByAnOrderOfItsOwn() {
    LedgerView.Row exiting = row(SHARES, 10, TEN, Phase.EXITING, Optional.empty());
    List<Finding> found =
        found(
            snapshot(
                NOON,
                8,
                List.of(sold("x", 12, NOON.minusSeconds(60))),
                List.of(),
                exiting,
                row(OTHERS, 10, TEN.plusSeconds(60))));
    assertThat(found)
        .extracting(finding -> finding.position() + " " + finding.evidence())
        .containsExactlyInAnyOrder(
            OTHERS + " 10 closed at 99 by x", SHARES + " 2 closed at 99 by x");
  }

  private static OrderView works(String order, Side side, Instant submittedAt) {
    return new OrderView(
        new BrokerOrderId(order),
        "",
        SHARES.instrument(),
        side,
        OrderStatus.WORKING,
        "new",
        Quantity.of(10),
        Quantity.ZERO,
        Optional.empty(),
        submittedAt,
        submittedAt);
  }

  private static Snapshot overWith(OrderView... orders) {
    Snapshot over =
        snapshot(
            NOON,
            0,
            List.of(),
            List.of(),
            row(SHARES, 0, TEN, Phase.CLOSED, Optional.of(NOON.minusSeconds(60))));
    BrokerView broker =
        new BrokerView(NOON, NOON, List.of(), List.of(orders), List.of(), List.of(), List.of());
    EngineView engine = new EngineView(NOON, Map.of(SHARES, EngineView.Life.ENDED));
    return new Snapshot(LARGE, broker, over.ledger(), engine, new WatchView(NOON, true, List.of()));
  }

  @Test
  void aLegIsLeftOverOnlyWhereNothingIsAboutToBeOpenedThatItStandsFor() {
    OrderView leg = works("leg", Side.SELL, TEN.minusSeconds(1));
    OrderView again = works("again", Side.BUY, NOON.minusSeconds(90));
    assertThat(found(overWith(leg)))
        .containsExactly(
            new Finding.OrphanOrder(SHARES, new BrokerOrderId("leg"), Quantity.of(10)));
    assertThat(found(overWith(leg, again))).isEmpty();
    OrderView older = works("older", Side.SELL, TEN.minus(Duration.ofDays(2)));
    assertThat(found(overWith(older))).as("from before there was a position").isEmpty();
  }
}
