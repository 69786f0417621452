package org.positionmanager.activities.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/** Gathers what closed a position, from fills and orders together: either may lag behind. */
final class ClosingFills {
  private static final Duration ORDERS_BEFORE = Duration.ofDays(7);

  private final Broker broker;

  ClosingFills(Broker broker) {
    this.broker = broker;
  }

  List<ClosingFill> find(PositionId position, Direction direction, Instant since, Quantity atMost) {
    Instrument instrument = position.instrument();
    Side side = direction.closingSide();
    Map<BrokerOrderId, List<Fill>> byOrder = new LinkedHashMap<>();
    for (Fill fill : broker.fillsAfter(since.minusSeconds(1))) {
      if (fill.instrument().equals(instrument)
          && fill.side() == side
          && !fill.at().isBefore(since)) {
        byOrder.computeIfAbsent(fill.order(), id -> new ArrayList<>()).add(fill);
      }
    }
    Map<BrokerOrderId, OrderView> orders = new LinkedHashMap<>();
    broker.ordersSubmittedAfter(since.minus(ORDERS_BEFORE), Optional.of(instrument)).stream()
        .filter(order -> order.side() == side && !order.filled().isZero())
        .filter(order -> !order.updatedAt().isBefore(since))
        .forEach(order -> orders.put(order.id(), order));
    for (BrokerOrderId id : byOrder.keySet()) {
      if (!orders.containsKey(id)) {
        broker.order(id).ifPresent(order -> orders.put(id, order));
      }
    }
    List<ClosingFill> closing = new ArrayList<>();
    byOrder.forEach(
        (id, fills) -> {
          if (!orders.containsKey(id)) {
            fills.forEach(fill -> closing.add(closing(fill, "")));
          }
        });
    orders
        .values()
        .forEach(order -> closing.addAll(ofOrder(position, order, byOrder.get(order.id()))));
    closing.sort(Comparator.comparing(ClosingFill::at));
    return capped(closing, atMost);
  }

  private static List<ClosingFill> ofOrder(PositionId position, OrderView order, List<Fill> fills) {
    boolean isAnothers =
        ClientOrderId.ifOurs(order.clientOrderId())
            .filter(id -> !id.belongsTo(position))
            .isPresent();
    if (isAnothers) {
      return List.of();
    }
    List<Fill> known = fills == null ? List.of() : fills;
    Quantity sum = known.stream().map(Fill::quantity).reduce(Quantity.ZERO, Quantity::plus);
    if (sum.compareTo(order.filled()) >= 0 || order.averagePrice().isEmpty()) {
      return known.stream().map(fill -> closing(fill, order.clientOrderId())).toList();
    }
    return List.of(
        new ClosingFill(
            order.id(),
            order.clientOrderId(),
            order.filled(),
            order.averagePrice().get(),
            order.updatedAt()));
  }

  private static ClosingFill closing(Fill fill, String clientOrderId) {
    return new ClosingFill(fill.order(), clientOrderId, fill.quantity(), fill.price(), fill.at());
  }

  private static List<ClosingFill> capped(List<ClosingFill> all, Quantity atMost) {
    List<ClosingFill> kept = new ArrayList<>();
    Quantity left = atMost;
    for (ClosingFill fill : all) {
      if (left.isZero()) {
        break;
      }
      Quantity taken = Quantity.min(left, fill.quantity());
      kept.add(
          new ClosingFill(
              fill.order(), fill.clientOrderId(), taken, fill.averagePrice(), fill.at()));
      left = left.minus(taken);
    }
    return List.copyOf(kept);
  }
}
