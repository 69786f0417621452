package org.positionmanager.workflows.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.activity.LedgerActivities.Entered;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What a rebuilt position takes over where shares were split. */
class EarlierLifeTest {
  private static final PositionId ID =
      PositionId.parse("large/DE/00000000-0000-4000-8000-000000000001");
  private static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");
  private static final Instant ELEVEN = TEN.plusSeconds(3600);
  private static final PositionEvent SOLD =
      new PositionEvent(
          2,
          PositionEvent.Type.FILLED,
          TEN,
          "x",
          Map.of("quantity", "1", "price", "110", "order", "o-1"));
  private static final PositionEvent SPLIT =
      new PositionEvent(
          3,
          PositionEvent.Type.SPLIT,
          ELEVEN,
          "x",
          Map.of("activity", "a-1", "before", "9", "after", "18"));

  private static ExitRecord exit(Instant at) {
    return new ExitRecord(
        1,
        1,
        "pm-1",
        ExitRecord.Status.DEAD,
        ExitReason.MANUAL,
        Quantity.of(4),
        Quantity.of(1),
        Optional.of(Price.parse("110")),
        Optional.of(new BrokerOrderId("o-1")),
        at);
  }

  private static Optional<Recollection> recalled(Instant exitAt) {
    return Optional.of(
        new Recollection(
            Phase.EXITING,
            1,
            1,
            3,
            List.of(exit(exitAt)),
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.of(
                new Entered(Price.parse("50"), Quantity.of(20), TEN, List.of(SOLD, SPLIT)))));
  }

  private static StateChange fresh() {
    return PositionState.announced(
            ID, EntryTerms.of(Strategy.SWING_TRADE, Direction.LONG, Quantity.of(10), TEN))
        .change();
  }

  private static ExitProgress goesOn(Instant exitAt) {
    return EarlierLife.resume(fresh(), recalled(exitAt)).made().exit().orElseThrow();
  }

  @Test
  void anExitFromBeforeASplitGoesOnInTodaysShares() {
    assertThat(goesOn(TEN).wanted()).isEqualTo(Quantity.of(8));
    assertThat(goesOn(TEN).filled()).isEqualTo(Quantity.of(2));
  }

  @Test
  void anExitFromAfterASplitGoesOnAsItWas() {
    assertThat(goesOn(ELEVEN).wanted()).isEqualTo(Quantity.of(4));
    assertThat(goesOn(ELEVEN).filled()).isEqualTo(Quantity.of(1));
  }

  @Test
  void whatWasSoldBeforeASplitIsTakenOverInTodaysSharesUnderItsOrder() {
    PositionState state =
        EarlierLife.withPast(
                fresh(), recalled(TEN).orElseThrow().entered().orElseThrow(), List.of(exit(TEN)))
            .made();
    assertThat(state.fills())
        .singleElement()
        .satisfies(
            fill -> {
              assertThat(fill.quantity()).isEqualTo(Quantity.of(2));
              assertThat(fill.averagePrice()).isEqualTo(Price.parse("55"));
              assertThat(fill.clientOrderId()).isEqualTo("pm-1");
            });
    assertThat(state.hasSeen(SplitPosition.commandId("a-1"))).isTrue();
  }
}
