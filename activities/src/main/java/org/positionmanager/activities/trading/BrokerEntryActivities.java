package org.positionmanager.activities.trading;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.activity.EntryActivities;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Finds an entry among the account's orders, or by what it left in the holdings. An order is found
 * for one position only, as far as this process remembers; where two orders fit equally well the
 * activity fails with {@code ENTRY_AMBIGUOUS} and is tried again.
 */
public final class BrokerEntryActivities implements EntryActivities {
  /** Exchange time for which the broker may not know yet of an order that it has taken. */
  private static final Duration LAG = Duration.ofSeconds(15);

  private final AccountName account;
  private final AccountReads reads;
  private final ExchangeClock clock;
  private final EntryOrders orders;

  public BrokerEntryActivities(Broker broker, AccountReads reads, ExchangeClock clock) {
    this.account = broker.name();
    this.reads = reads;
    this.clock = clock;
    this.orders = new EntryOrders(broker);
  }

  @Override
  public EntrySighting findEntry(PositionId position, EntryTerms terms) {
    Failures.requireAccount(position, account);
    return Failures.mapped(() -> find(position, terms));
  }

  private EntrySighting find(PositionId position, EntryTerms terms) {
    if (!terms.adoptHolding()) {
      Optional<OrderView> named = orders.named(terms);
      if (named.isEmpty() && terms.brokerOrderId().isPresent() && mayLag(terms)) {
        return new EntrySighting.NotFound(clock.now());
      }
      Optional<OrderView> order = orders.entry(named, position, terms);
      if (order.isPresent()) {
        return sighting(order.get());
      }
    }
    Optional<Holding> held = reads.holding(position.instrument(), terms.direction());
    Quantity quantity =
        held.map(holding -> quantityOf(holding, position, terms)).orElse(Quantity.ZERO);
    return quantity.isZero()
        ? new EntrySighting.NotFound(clock.now())
        : new EntrySighting.Filled(quantity, entry(held.orElseThrow(), terms), heldSince(terms));
  }

  /** Of a part that is adopted, what it was worked out to beside the entries of the rest. */
  private static Price entry(Holding held, EntryTerms terms) {
    return terms.adoptHolding()
        ? terms.expectedPrice().orElse(held.averageEntry())
        : held.averageEntry();
  }

  /** When an adopted holding was opened nobody knows: it counts from its adoption. */
  private Instant heldSince(EntryTerms terms) {
    return terms.adoptHolding() ? clock.now() : terms.announcedAt();
  }

  /** Whether a named order may still appear: until then no other is taken for it. */
  private boolean mayLag(EntryTerms terms) {
    return Duration.between(terms.announcedAt(), clock.now()).abs().compareTo(LAG) < 0;
  }

  /**
   * An adopted holding is taken whole, or as much of it as was to be adopted; an announced one
   * never counts for more than announced, nor for what others opened.
   */
  private Quantity quantityOf(Holding held, PositionId position, EntryTerms terms) {
    if (terms.adoptHolding()) {
      return terms.quantity().isZero()
          ? held.quantity()
          : Quantity.min(held.quantity(), terms.quantity());
    }
    Quantity left = orders.leftOf(held, position, terms);
    return terms.quantity().isZero() ? left : Quantity.min(left, terms.quantity());
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
