package org.positionmanager.workflows.sync;

import java.util.List;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.Stock;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/**
 * Brokers book a change of symbol overnight and tell of it later. Until then the old shares are
 * gone without a reason, and the new ones are there without an order: whoever adopted those would
 * watch them twice once the change is told.
 */
final class NewName {
  private final Snapshot now;
  private final Instrument instrument;

  NewName(Snapshot now, Instrument instrument) {
    this.now = now;
    this.instrument = instrument;
  }

  /**
   * Whether shares that no order opened may be those of another stock that is tracked: in the same
   * direction and quantity, wholly gone, and nothing tells why.
   */
  boolean mayBe(Direction direction, Quantity surplus) {
    return instrument instanceof Stock
        && now.ledger().rows().stream()
            .filter(row -> row.isTracking() && row.direction() == direction)
            .map(row -> row.id().instrument())
            .distinct()
            .filter(other -> other instanceof Stock && !other.equals(instrument))
            .filter(other -> now.broker().holding(other).isEmpty())
            .anyMatch(other -> isGone(other, direction, surplus));
  }

  private boolean isGone(Instrument other, Direction direction, Quantity quantity) {
    List<LedgerView.Row> rows = now.ledger().of(other);
    Quantity recorded =
        rows.stream()
            .filter(row -> row.isTracking() && row.direction() == direction)
            .map(LedgerView.Row::held)
            .reduce(Quantity.ZERO, Quantity::plus);
    return recorded.equals(quantity)
        && new Shortage(now, other, direction, rows)
            .findings(Quantity.ZERO).stream().anyMatch(Finding.QuantityShrunk.class::isInstance);
  }
}
