package org.positionmanager.activities.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;

/**
 * Which entry order was found for which position, so that no order is found for two. Known to this
 * process only, and forgotten a week after the order: a restarted worker starts with none.
 */
final class EntryClaims {
  private static final Duration KEPT = Duration.ofDays(7);

  /**
   * @param order as it was when it was last found
   */
  record Claim(PositionId position, OrderView order) {}

  private record Undecided(Instant announcedAt, Set<BrokerOrderId> between) {}

  private final Map<BrokerOrderId, Claim> claims = new HashMap<>();
  private final Map<PositionId, Undecided> undecided = new HashMap<>();

  synchronized boolean isFree(OrderView order, PositionId position) {
    Claim claim = claims.get(order.id());
    return claim == null || claim.position.equals(position);
  }

  /** Whether the order was found for this position before. */
  synchronized boolean has(PositionId position, OrderView order) {
    Claim claim = claims.get(order.id());
    return claim != null && claim.position.equals(position);
  }

  /** What other positions have of the same instrument. */
  synchronized List<Claim> ofOthers(PositionId position) {
    return claims.values().stream()
        .filter(claim -> !claim.position.equals(position))
        .filter(claim -> claim.position.instrument().equals(position.instrument()))
        .toList();
  }

  /** Takes an order that nobody else has; whether it is this position's now. */
  synchronized boolean take(OrderView order, PositionId position) {
    if (!isFree(order, position)) {
      return false;
    }
    give(order, position);
    return true;
  }

  /**
   * Gives an order to the position that names it, whoever had it.
   *
   * @return the other position that had it
   */
  synchronized Optional<PositionId> give(OrderView order, PositionId position) {
    Instant forgotten = order.submittedAt().minus(KEPT);
    claims.values().removeIf(claim -> claim.order.submittedAt().isBefore(forgotten));
    undecided.values().removeIf(one -> one.announcedAt.isBefore(forgotten));
    undecided.remove(position);
    return Optional.ofNullable(claims.put(order.id(), new Claim(position, order)))
        .map(Claim::position)
        .filter(had -> !had.equals(position));
  }

  /**
   * Decides between orders that fit a position equally well once as many positions as orders ask:
   * the earlier announced gets the earlier submitted. Until then nobody gets any.
   */
  synchronized Optional<OrderView> share(
      List<OrderView> orders, PositionId position, Instant announcedAt) {
    Set<BrokerOrderId> between = orders.stream().map(OrderView::id).collect(Collectors.toSet());
    undecided.put(position, new Undecided(announcedAt, between));
    List<PositionId> asking =
        undecided.entrySet().stream()
            .filter(one -> one.getValue().between.equals(between))
            .sorted(
                Comparator.comparing(
                        (Map.Entry<PositionId, Undecided> one) -> one.getValue().announcedAt)
                    .thenComparing(one -> one.getKey().execution()))
            .map(Map.Entry::getKey)
            .toList();
    if (asking.size() != orders.size()) {
      return Optional.empty();
    }
    return orders.stream()
        .sorted(
            Comparator.comparing(OrderView::submittedAt).thenComparing(order -> order.id().value()))
        .skip(asking.indexOf(position))
        .findFirst();
  }
}
