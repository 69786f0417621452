package org.positionmanager.activities.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the order that opened a position: the one it names; else, of the orders that no other
 * position has, the one that carries its execution id; else the one that lives, was found for it
 * before, has the announced quantity and was submitted clearly nearest to the announcement, in this
 * order. Where two fit equally well and would tell different things, it refuses with {@link
 * Failures.Type#ENTRY_AMBIGUOUS}.
 */
final class EntryOrders {
  private static final Logger log = LoggerFactory.getLogger(EntryOrders.class);
  private static final Duration BEFORE = Duration.ofMinutes(10);
  private static final Duration AFTER = Duration.ofMinutes(5);
  private static final Duration CLEARLY = Duration.ofSeconds(1);

  private final Broker broker;
  private final EntryClaims claims = new EntryClaims();

  EntryOrders(Broker broker) {
    this.broker = broker;
  }

  /** The order that the terms name; empty where they name none or the broker knows none such. */
  Optional<OrderView> named(EntryTerms terms) {
    return terms.brokerOrderId().flatMap(broker::order);
  }

  /**
   * The order that opened the position.
   *
   * @param named what {@link #named} found; not believed where it opened something else
   */
  Optional<OrderView> entry(Optional<OrderView> named, PositionId position, EntryTerms terms) {
    if (named.isEmpty() || !opens(named.get(), position, terms)) {
      return likeliest(position, terms);
    }
    claims
        .give(named.get(), position)
        .ifPresent(
            other ->
                log.warn(
                    "entry order {} is named by {} and was found for {} before: compare both with"
                        + " the broker",
                    named.get().id(),
                    position,
                    other));
    return named;
  }

  /** The order that fits best of those that no other position has. */
  private Optional<OrderView> likeliest(PositionId position, EntryTerms terms) {
    Instant announced = terms.announcedAt();
    List<OrderView> window =
        broker
            .ordersSubmittedAfter(announced.minus(BEFORE), Optional.of(position.instrument()))
            .stream()
            .filter(order -> opens(order, position, terms))
            .filter(order -> !order.submittedAt().isAfter(announced.plus(AFTER)))
            .toList();
    while (true) {
      List<OrderView> free =
          window.stream().filter(order -> claims.isFree(order, position)).toList();
      if (free.isEmpty()) {
        return Optional.empty();
      }
      OrderView chosen = choose(free, position, terms);
      if (claims.take(chosen, position)) {
        return Optional.of(chosen);
      }
    }
  }

  /** What of a holding is left for this position after the entries found for others. */
  Quantity leftOf(Holding held, PositionId position, EntryTerms terms) {
    List<EntryClaims.Claim> others =
        claims.ofOthers(position).stream()
            .filter(claim -> claim.order().side() == terms.direction().openingSide())
            .toList();
    if (others.isEmpty()) {
      return held.quantity();
    }
    Instant since =
        others.stream()
            .map(claim -> claim.order().submittedAt())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Map<BrokerOrderId, Quantity> entered = new HashMap<>();
    Map<PositionId, Quantity> exited = new HashMap<>();
    for (OrderView order :
        broker.ordersSubmittedAfter(since.minusNanos(1), Optional.of(position.instrument()))) {
      entered.put(order.id(), order.filled());
      ClientOrderId.ifOurs(order.clientOrderId())
          .map(exit -> new PositionId(position.account(), exit.instrument(), exit.execution()))
          .ifPresent(other -> exited.merge(other, order.filled(), Quantity::plus));
    }
    Quantity left = held.quantity();
    for (EntryClaims.Claim claim : others) {
      Quantity opened = entered.getOrDefault(claim.order().id(), claim.order().filled());
      left =
          left.lessAtMost(opened.lessAtMost(exited.getOrDefault(claim.position(), Quantity.ZERO)));
    }
    return left;
  }

  private OrderView choose(List<OrderView> orders, PositionId position, EntryTerms terms) {
    String execution = position.execution().toString();
    List<OrderView> left =
        preferring(
            order -> order.clientOrderId().toLowerCase(Locale.ROOT).contains(execution), orders);
    left = preferring(order -> !isDead(order), left);
    left = preferring(order -> claims.has(position, order), left);
    left = preferring(order -> order.quantity().equals(terms.quantity()), left);
    OrderView nearest =
        left.stream()
            .min(
                Comparator.comparing((OrderView order) -> distance(order, terms))
                    .thenComparing(order -> order.id().value()))
            .orElseThrow();
    List<OrderView> equals =
        left.stream().filter(order -> !isClearlyFarther(order, nearest, terms)).toList();
    if (equals.stream().allMatch(order -> tellTheSame(order, nearest))) {
      return nearest;
    }
    return claims
        .share(equals, position, terms.announcedAt())
        .orElseThrow(
            () ->
                Failures.visible(
                    Failures.Type.ENTRY_AMBIGUOUS,
                    "orders %s fit the entry of %s equally well; its execution should name its broker_order_id"
                        .formatted(equals.stream().map(OrderView::id).toList(), position)));
  }

  private static List<OrderView> preferring(Predicate<OrderView> wish, List<OrderView> orders) {
    List<OrderView> wished = orders.stream().filter(wish).toList();
    return wished.isEmpty() ? orders : wished;
  }

  private static Duration distance(OrderView order, EntryTerms terms) {
    return Duration.between(order.submittedAt(), terms.announcedAt()).abs();
  }

  /** At least twice as far from the announcement, and by more than clocks and networks may blur. */
  private static boolean isClearlyFarther(OrderView order, OrderView nearest, EntryTerms terms) {
    Duration far = distance(order, terms);
    Duration near = distance(nearest, terms);
    return far.compareTo(near.multipliedBy(2)) >= 0 && far.minus(near).compareTo(CLEARLY) >= 0;
  }

  /** Whether it makes no difference to a position which of the two opened it. */
  private static boolean tellTheSame(OrderView one, OrderView other) {
    return one.isTerminal()
        && other.isTerminal()
        && one.filled().equals(other.filled())
        && one.averagePrice().equals(other.averagePrice());
  }

  /** A closing order is never an entry, nor is one that another order took the place of. */
  private static boolean opens(OrderView order, PositionId position, EntryTerms terms) {
    boolean isReplaced = order.status() == OrderStatus.REPLACED && order.filled().isZero();
    return order.instrument().equals(position.instrument())
        && order.side() == terms.direction().openingSide()
        && ClientOrderId.ifOurs(order.clientOrderId()).isEmpty()
        && !isReplaced;
  }

  private static boolean isDead(OrderView order) {
    return order.isTerminal() && order.filled().isZero();
  }
}
