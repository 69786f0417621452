package org.positionmanager.activities.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.activity.EntryActivities;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Quantity;

/** Finds an entry among the account's orders, or by what it left in the holdings. */
public final class BrokerEntryActivities implements EntryActivities {
  private static final Duration BEFORE = Duration.ofMinutes(10);
  private static final Duration AFTER = Duration.ofMinutes(5);

  private final Broker broker;
  private final AccountReads reads;
  private final ExchangeClock clock;

  public BrokerEntryActivities(Broker broker, AccountReads reads, ExchangeClock clock) {
    this.broker = broker;
    this.reads = reads;
    this.clock = clock;
  }

  @Override
  public EntrySighting findEntry(PositionId position, EntryTerms terms) {
    return Failures.mapped(() -> find(position, terms));
  }

  private EntrySighting find(PositionId position, EntryTerms terms) {
    if (!terms.adoptHolding()) {
      Optional<OrderView> order = namedOrder(position, terms);
      if (order.isEmpty()) {
        order = likeliestOrder(position, terms);
      }
      if (order.isPresent()) {
        return sighting(order.get());
      }
    }
    return reads
        .holding(position.instrument(), terms.direction())
        .<EntrySighting>map(
            held ->
                new EntrySighting.Filled(
                    quantityOf(held, terms), held.averageEntry(), terms.announcedAt()))
        .orElseGet(() -> new EntrySighting.NotFound(clock.now()));
  }

  /** An adopted holding is taken whole; an announced one never counts for more than announced. */
  private static Quantity quantityOf(Holding held, EntryTerms terms) {
    return terms.adoptHolding() || terms.quantity().isZero()
        ? held.quantity()
        : Quantity.min(held.quantity(), terms.quantity());
  }

  private Optional<OrderView> namedOrder(PositionId position, EntryTerms terms) {
    return terms
        .brokerOrderId()
        .flatMap(broker::order)
        .filter(order -> opens(order, position, terms));
  }

  private Optional<OrderView> likeliestOrder(PositionId position, EntryTerms terms) {
    Instant announced = terms.announcedAt();
    return broker
        .ordersSubmittedAfter(announced.minus(BEFORE), Optional.of(position.instrument()))
        .stream()
        .filter(order -> opens(order, position, terms))
        .filter(order -> !order.submittedAt().isAfter(announced.plus(AFTER)))
        .min(
            Comparator.comparing((OrderView order) -> isDead(order))
                .thenComparing(order -> !order.quantity().equals(terms.quantity()))
                .thenComparing(order -> Duration.between(order.submittedAt(), announced).abs()));
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

  private static EntrySighting sighting(OrderView order) {
    if (!order.isTerminal()) {
      return new EntrySighting.Working(order);
    }
    if (order.filled().isZero()) {
      return new EntrySighting.Dead(order);
    }
    return order
        .averagePrice()
        .<EntrySighting>map(
            price -> new EntrySighting.Filled(order.filled(), price, order.updatedAt()))
        .orElseThrow(
            () ->
                new BrokerException(
                    BrokerException.Kind.UNREADABLE,
                    "filled order without a price: " + order.id()));
  }
}
