package org.positionmanager.workflows.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** One finding of each kind. */
final class Examples {
  static final PositionId SHARES =
      PositionId.parse("large/DE/00000000-0000-4000-8000-000000000001");
  static final PositionId OTHERS =
      PositionId.parse("large/DE/00000000-0000-4000-8000-000000000002");
  static final Instant TEN = Instant.parse("2026-02-11T15:00:00Z");

  private Examples() {}

  static List<Finding> all() {
    Adoption adoption =
        new Adoption(Direction.LONG, Quantity.of(10), Price.parse("100"), "order-1");
    List<ClosingFill> fills =
        List.of(
            new ClosingFill(
                new BrokerOrderId("order-2"), "", Quantity.of(10), Price.parse("101"), TEN));
    return List.of(
        new Finding.Untracked(SHARES, adoption),
        new Finding.QuantityGrown(SHARES, Quantity.of(5), adoption),
        new Finding.UnexpectedShort(SHARES, Quantity.ZERO, adoption),
        new Finding.ClosedElsewhere(SHARES, fills),
        new Finding.Flipped(SHARES, fills, Direction.SHORT, Quantity.of(3)),
        new Finding.Assigned(SHARES, fills),
        new Finding.Exercised(SHARES, fills),
        new Finding.ExpiredWorthless(SHARES, fills),
        new Finding.QuantityShrunk(
            SHARES, List.of(SHARES, OTHERS), Quantity.of(10), Quantity.of(4)),
        new Finding.SharesSplit(SHARES, "activity-1", Quantity.of(10), Quantity.of(20)),
        new Finding.SymbolChanged(
            SHARES,
            PositionId.parse("large/DEER/00000000-0000-4000-8000-000000000001"),
            "activity-2"),
        new Finding.WorkflowLost(SHARES, Phase.PROTECTED, EngineView.Life.BROKEN),
        new Finding.LedgerRowStuck(SHARES, Phase.EXITING),
        new Finding.Duplicate(SHARES, OTHERS, Quantity.of(10)),
        new Finding.OrphanOrder(SHARES, new BrokerOrderId("order-3"), Quantity.of(10)),
        new Finding.StaleArmedExit(SHARES, 3, 1, Optional.of(Phase.CLOSED)));
  }
}
