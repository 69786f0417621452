package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Confirmation;
import org.positionmanager.workflows.rules.Confirmed;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Level;
import org.positionmanager.workflows.rules.ProfitTarget;
import org.positionmanager.workflows.rules.StopLoss;
import org.positionmanager.workflows.rules.TrailingAmount;
import org.positionmanager.workflows.sync.Adoption;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a sync tells is taken over once: splits, fills, ways given. */
class SyncNewsTest {
  private static final PositionId ID =
      PositionId.parse("large/DE/00000000-0000-4000-8000-000000000001");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");

  private static PositionState held() {
    var terms =
        new Adoption(Direction.LONG, Quantity.of(10), Price.parse("100"), "o")
            .terms(Strategy.SWING_TRADE, TEN);
    Basis basis =
        new Basis(
            ID.instrument(),
            Direction.LONG,
            Price.parse("100"),
            Quantity.of(10),
            Price.parse("120"),
            TEN);
    Plan plan =
        new Plan(
            1,
            List.of(
                new Confirmed(
                    new StopLoss(new Level.AtPrice(Price.parse("90"))), new Confirmation.Quotes(2)),
                new ProfitTarget(
                    new Level.AtRange(new BigDecimal("2"), 14, Optional.of(Price.parse("6")))),
                new TrailingAmount(Price.parse("8"), Percent.of(0))),
            new ExitStyle.MarketNow(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
    return PositionState.announced(ID, terms)
        .change()
        .phase(Phase.PROTECTED)
        .basis(basis)
        .plan(plan)
        .made();
  }

  private static ClosingFill sold(String order, int quantity) {
    return new ClosingFill(
        new BrokerOrderId(order), "", Quantity.of(quantity), Price.parse("110"), TEN);
  }

  private static PositionState told(PositionState state, SyncNotice notice) {
    PositionState once = SyncNews.apply(state, notice, TEN);
    assertThat(SyncNews.apply(once, notice, TEN)).as("told again").isEqualTo(once);
    return once;
  }

  @Test
  void aSplitScalesQuantitiesPricesAndLevelsOnce() {
    PositionState partly =
        told(
            held(), new SyncNotice.Closed(List.of(sold("x", 4)), ExitReason.CLOSED_ELSEWHERE, "x"));
    PositionState split =
        told(partly, new SyncNotice.Split("a", Quantity.of(6), Quantity.of(12), "2:1"));
    Basis basis = split.basis().orElseThrow();
    assertThat(split.held()).isEqualTo(Quantity.of(12));
    assertThat(basis.entry()).isEqualTo(Price.parse("50"));
    assertThat(basis.peak()).isEqualTo(Price.parse("60"));
    assertThat(split.realised()).isEqualTo(partly.realised());
    Plan plan = split.plan().orElseThrow();
    assertThat(plan.version()).isEqualTo(2);
    assertThat(plan.rules())
        .extracting(rule -> rule.level(basis, TEN).orElseThrow())
        .containsExactlyInAnyOrder(Price.parse("45"), Price.parse("56"), Price.parse("56"));
  }

  @Test
  void whatIsToldOfAnOrderCountsInAll() {
    PositionState four =
        told(
            held(), new SyncNotice.Closed(List.of(sold("x", 4)), ExitReason.CLOSED_ELSEWHERE, "x"));
    PositionState six =
        told(four, new SyncNotice.Closed(List.of(sold("x", 6)), ExitReason.CLOSED_ELSEWHERE, "x"));
    assertThat(six.closed()).isEqualTo(Quantity.of(6));
    assertThat(six.exitReason()).contains(ExitReason.CLOSED_ELSEWHERE);
  }

  @Test
  void neverMoreIsBookedThanIsHeld() {
    PositionState all =
        told(held(), new SyncNotice.Closed(List.of(sold("x", 40)), ExitReason.EXPIRED, "x"));
    assertThat(all.closed()).isEqualTo(Quantity.of(10));
    assertThat(all.exitReason()).contains(ExitReason.EXPIRED);
  }

  @Test
  void whoGivesAllAwayHasNeverOpened() {
    PositionId other = PositionId.parse("large/DE/00000000-0000-4000-8000-000000000002");
    PositionState gone = told(held(), new SyncNotice.GiveWay(other, Quantity.of(10), "x"));
    assertThat(gone.held()).isEqualTo(Quantity.ZERO);
    assertThat(SyncNews.gaveAllAway(gone)).isTrue();
  }

  @Test
  void underAnotherSymbolItGoesOnWithPlanAndPeak() {
    PositionId to = PositionId.parse("large/DEER/00000000-0000-4000-8000-000000000001");
    PositionState there = held().movedTo(to, TEN, "renamed");
    PositionState here = told(held(), new SyncNotice.Moved("a", to.instrument(), "renamed"));
    assertThat(there.held()).isEqualTo(Quantity.of(10));
    assertThat(there.basis().orElseThrow().peak()).isEqualTo(Price.parse("120"));
    assertThat(there.plan()).isEqualTo(held().plan());
    assertThat(here.held()).isEqualTo(Quantity.ZERO);
    assertThat(here.realised().amount()).isZero();
    assertThat(here.exitReason()).contains(ExitReason.SYMBOL_CHANGED);
  }

  private static PositionState exiting(ExitReason reason, int wanted, int filled) {
    ExitProgress exit =
        ExitProgress.decided(1, reason, Quantity.of(wanted), "x", TEN)
            .nextAttempt(Quantity.of(filled), false);
    return held().change().phase(Phase.EXITING).exit(exit).made();
  }

  @Test
  void aSplitScalesWhatIsOnItsWayOutAndWhatAPersonAskedFor() {
    CloseCommand asked =
        new CloseCommand("c", Optional.of(Quantity.of(3)), "ann", Optional.empty());
    PositionState split =
        told(
            exiting(ExitReason.PARTIAL_TARGET, 5, 2)
                .change()
                .pendingClose(Optional.of(asked))
                .made(),
            new SyncNotice.Split("a", Quantity.of(10), Quantity.of(20), "2:1"));
    assertThat(split.exit().orElseThrow().wanted()).isEqualTo(Quantity.of(10));
    assertThat(split.exit().orElseThrow().filled()).isEqualTo(Quantity.of(4));
    assertThat(split.pendingClose().flatMap(CloseCommand::quantity)).contains(Quantity.of(6));
  }

  @Test
  void anExitOfEverythingIsOfEverythingAfterASplitToo() {
    PositionState split =
        told(
            exiting(ExitReason.STOP, 10, 0),
            new SyncNotice.Split("a", Quantity.of(10), Quantity.parse("3.333333333"), "1:3"));
    assertThat(split.exit().orElseThrow().remaining()).isEqualTo(split.held());
  }

  @Test
  void whatIsToldToAPositionThatExitsLeavesItsExitToItself() {
    PositionState gone =
        told(
            exiting(ExitReason.STOP, 10, 0),
            new SyncNotice.Closed(List.of(sold("x", 10)), ExitReason.CLOSED_ELSEWHERE, "x"));
    assertThat(gone.held()).isEqualTo(Quantity.ZERO);
    assertThat(gone.exit()).as("settled by who follows it").isPresent();
    PositionId other = PositionId.parse("large/DE/00000000-0000-4000-8000-000000000002");
    PositionState stays =
        told(exiting(ExitReason.STOP, 10, 0), new SyncNotice.GiveWay(other, Quantity.of(10), "x"));
    assertThat(stays.held()).isEqualTo(Quantity.of(10));
  }

  @Test
  void aPersonsRequestToCloseGoesAlongToTheNewSymbol() {
    PositionId to = PositionId.parse("large/DEER/00000000-0000-4000-8000-000000000001");
    CloseCommand asked = new CloseCommand("c", Optional.empty(), "ann", Optional.empty());
    PositionState waiting = held().change().pendingClose(Optional.of(asked)).made();
    assertThat(waiting.movedTo(to, TEN, "renamed").pendingClose()).contains(asked);
    assertThat(exiting(ExitReason.MANUAL, 10, 0).movedTo(to, TEN, "renamed").pendingClose())
        .as("an exit by hand that was under way")
        .isPresent();
    assertThat(
            exiting(ExitReason.MANUAL, 5, 2)
                .movedTo(to, TEN, "renamed")
                .pendingClose()
                .flatMap(CloseCommand::quantity))
        .contains(Quantity.of(3));
    assertThat(exiting(ExitReason.STOP, 10, 0).movedTo(to, TEN, "renamed").pendingClose())
        .as("what a rule decided it decides again")
        .isEmpty();
  }
}
