package org.positionmanager.activities.trading;

import java.time.Instant;
import java.util.Optional;
import org.positionmanager.activities.broker.ExchangeClock;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.EntrySighting;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/**
 * An account whose dispatchers announce, at noon, that they bought 2 shares. Orders are numbered:
 * o-1 filled at 57.01, o-2 at 57.02 and so on, all of them at half a minute past noon.
 */
final class EntryDesk {
  static final Instant NOON = Instant.parse("2026-02-10T17:00:00Z");
  private static final Instrument BMY = Instrument.parse("BMY");

  final FakeBroker broker = new FakeBroker();
  Instant now = NOON.plusSeconds(60);
  private BrokerEntryActivities entries;

  EntryDesk() {
    restartWorker();
  }

  /** From now on nothing is remembered of what was found before. */
  void restartWorker() {
    ExchangeClock clock =
        new ExchangeClock() {
          @Override
          public Instant now() {
            return now;
          }

          @Override
          public double speed() {
            return 1;
          }
        };
    entries = new BrokerEntryActivities(broker, new AccountReads(broker, broker), clock);
  }

  static PositionId position(int number) {
    return PositionId.parse("tiny/BMY/7f1c0000-0000-4000-8000-00000000000" + number);
  }

  EntrySighting find(PositionId position) {
    return find(position, NOON, null);
  }

  EntrySighting find(PositionId position, String orderId) {
    return find(position, NOON, orderId);
  }

  EntrySighting find(PositionId position, Instant announced, String orderId) {
    return entries.findEntry(
        position,
        new EntryTerms(
            Strategy.values()[0],
            Direction.LONG,
            Quantity.of(2),
            announced,
            Optional.ofNullable(orderId).map(BrokerOrderId::new),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false));
  }

  /** What is said of an order of 2 that filled at a price. */
  static EntrySighting filledAt(String price) {
    return new EntrySighting.Filled(Quantity.of(2), Price.parse(price), NOON.plusSeconds(30));
  }

  /** An order that was submitted some seconds after noon and bought its 2 shares. */
  void bought(int number, double seconds) {
    order(number, seconds, OrderStatus.FILLED, 2, 2);
  }

  /** Replaces an earlier order of the same number. */
  void order(int number, double seconds, OrderStatus status, long quantity, long filled) {
    order(number, seconds, "c-" + number, Side.BUY, status, quantity, filled, "57.0" + number);
  }

  void order(
      int number,
      double seconds,
      String clientId,
      Side side,
      OrderStatus status,
      long quantity,
      long filled,
      String price) {
    BrokerOrderId id = new BrokerOrderId("o-" + number);
    broker.orders.removeIf(order -> order.id().equals(id));
    broker.orders.add(
        new OrderView(
            id,
            clientId,
            BMY,
            side,
            status,
            status.name(),
            Quantity.of(quantity),
            Quantity.of(filled),
            filled == 0 ? Optional.empty() : Optional.of(Price.parse(price)),
            NOON.plusMillis((long) (seconds * 1000)),
            NOON.plusSeconds(30)));
  }

  void holds(long quantity) {
    broker.holdings.add(
        new Holding(
            BMY,
            Direction.LONG,
            Quantity.of(quantity),
            Quantity.of(quantity),
            Price.parse("57.50")));
  }
}
