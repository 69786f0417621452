package org.positionmanager.workflows.position;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.plan.ExitStyle;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** The exit under way, within the one state: what it is, and what is noted on it. */
final class CurrentExit {
  private final StateCell cell;

  CurrentExit(StateCell cell) {
    this.cell = cell;
  }

  ExitProgress now() {
    return cell.get().exit().orElseThrow();
  }

  ClientOrderId clientOrderId() {
    return now().clientOrderId(cell.get().id());
  }

  Direction direction() {
    return cell.get().basis().orElseThrow().direction();
  }

  ExitStyle style() {
    return cell.get().plan().orElseThrow().style();
  }

  /** The most that the next order may close. */
  Quantity closable() {
    return Quantity.min(now().remaining(), cell.get().held());
  }

  /** Whether less than everything is on its way out, and something stands in its way. */
  boolean isStuckPart() {
    return now().order().isEmpty()
        && now().refusals() > 0
        && now().remaining().compareTo(cell.get().held()) < 0;
  }

  /** Something stands in the way; people can read it. */
  void hinder(String what) {
    cell.update(change -> change.exit(now().hinderedBy(what)));
  }

  void hinderOnce(String what) {
    if (!now().obstacle().equals(Optional.of(what))) {
      hinder(what);
    }
  }

  /** A market order takes the place of the limits left: it is not to be cancelled and chased. */
  void endChase() {
    if (style() instanceof ExitStyle.LimitThenMarket limits
        && ExitPricing.isLimit(limits, now().limitsTried())) {
      cell.update(change -> change.exit(now().chaseOver(limits.steps())));
    }
  }

  /** How far the current attempt has come, for the ledger. */
  void note(ExitRecord.Status status, Quantity quantity, Optional<OrderView> order) {
    ExitProgress now = now();
    cell.update(
        change ->
            change.exitRecord(
                new ExitRecord(
                    now.number(),
                    now.attempt(),
                    clientOrderId().toString(),
                    status,
                    now.reason(),
                    quantity,
                    order.map(OrderView::filled).orElse(Quantity.ZERO),
                    order.flatMap(OrderView::averagePrice),
                    order.map(OrderView::id),
                    filledAt(order))));
  }

  /**
   * A fill's time is the broker's: what is known of the exchange's clock may be of the day before.
   */
  private Instant filledAt(Optional<OrderView> order) {
    return order.filter(it -> !it.filled().isZero()).map(OrderView::updatedAt).orElseGet(cell::now);
  }
}
