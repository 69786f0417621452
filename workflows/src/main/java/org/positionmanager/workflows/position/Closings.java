package org.positionmanager.workflows.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** Which of the fills that the broker tells of are new to a position: pure. */
final class Closings {
  private Closings() {}

  /**
   * The part of each fill that is not booked yet, by order: the same fill told twice counts once.
   */
  static List<ClosingFill> unbooked(List<ClosingFill> booked, List<ClosingFill> told) {
    List<ClosingFill> fresh = new ArrayList<>();
    for (ClosingFill fill : told) {
      Quantity known = quantityOf(booked, fill.order()).plus(quantityOf(fresh, fill.order()));
      Quantity total = quantityUpTo(told, fill);
      Quantity missing = Quantity.min(fill.quantity(), total.lessAtMost(known));
      if (!missing.isZero()) {
        fresh.add(
            new ClosingFill(
                fill.order(), fill.clientOrderId(), missing, fill.averagePrice(), fill.at()));
      }
    }
    return fresh;
  }

  /** The first of the fills, the last one cut, that make up at most so much together. */
  static List<ClosingFill> upTo(Quantity most, List<ClosingFill> fills) {
    List<ClosingFill> taken = new ArrayList<>();
    Quantity left = most;
    for (ClosingFill fill : fills) {
      Quantity part = Quantity.min(fill.quantity(), left);
      if (!part.isZero()) {
        taken.add(
            new ClosingFill(
                fill.order(), fill.clientOrderId(), part, fill.averagePrice(), fill.at()));
        left = left.lessAtMost(part);
      }
    }
    return taken;
  }

  /**
   * Books a fill that was found at the broker.
   *
   * @param why for the timeline, after what was closed and at which price
   * @param reason why it was closed, where the order is not the position's own and nothing else has
   *     decided that
   */
  static StateChange book(
      StateChange change, PositionId position, ClosingFill fill, String why, ExitReason reason) {
    boolean ours =
        ClientOrderId.ifOurs(fill.clientOrderId()).filter(id -> id.belongsTo(position)).isPresent();
    return (ours ? change : change.reasonIfNone(reason))
        .filled(fill)
        .missingSince(Optional.empty())
        .note(Optional.empty())
        .event(
            ours ? PositionEvent.Type.FILLED : PositionEvent.Type.CLOSED_ELSEWHERE,
            fill.at(),
            "%s closed at %s: %s".formatted(fill.quantity(), fill.averagePrice(), why),
            "quantity",
            fill.quantity().toString(),
            "price",
            fill.averagePrice().toString(),
            "order",
            fill.order().toString());
  }

  /** What closing fills brought in, without the instrument's multiplier. */
  static Money proceeds(List<ClosingFill> fills) {
    return fills.stream()
        .map(fill -> fill.averagePrice().times(fill.quantity(), 1))
        .reduce(Money.ZERO, Money::plus);
  }

  /** Average price of an order's fills beyond what is booked of it. */
  static Price averageOfRest(Quantity filled, Price average, List<ClosingFill> booked) {
    Quantity known =
        booked.stream().map(ClosingFill::quantity).reduce(Quantity.ZERO, Quantity::plus);
    Quantity rest = filled.lessAtMost(known);
    if (rest.isZero() || known.isZero()) {
      return average;
    }
    Money left = average.times(filled, 1).minus(proceeds(booked));
    return new Price(
        left.amount()
            .divide(rest.value(), java.math.MathContext.DECIMAL64)
            .max(java.math.BigDecimal.ZERO));
  }

  static List<ClosingFill> ofOrder(List<ClosingFill> fills, BrokerOrderId order) {
    return fills.stream().filter(fill -> fill.order().equals(order)).toList();
  }

  private static Quantity quantityOf(List<ClosingFill> fills, BrokerOrderId order) {
    return ofOrder(fills, order).stream()
        .map(ClosingFill::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  private static Quantity quantityUpTo(List<ClosingFill> told, ClosingFill last) {
    Quantity total = Quantity.ZERO;
    for (ClosingFill fill : told) {
      if (fill.order().equals(last.order())) {
        total = total.plus(fill.quantity());
      }
      if (fill == last) {
        break;
      }
    }
    return total;
  }
}
