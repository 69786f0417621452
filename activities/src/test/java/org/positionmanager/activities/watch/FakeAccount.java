package org.positionmanager.activities.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.positionmanager.activities.broker.AccountActivity;
import org.positionmanager.activities.broker.AccountFunds;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerAccount;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.CancelResult;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.activities.broker.HoldingValue;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderStatus;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.Refusal;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/**
 * A small account: long holdings, orders of others that hold some of them, and our exits, which are
 * taken and stay open until they are {@linkplain #fills filled}. It takes each client order id
 * once.
 */
final class FakeAccount implements Broker {
  static final AccountName NAME = new AccountName("tiny");
  private static final Instant AT = Instant.parse("2026-02-11T15:00:00Z");

  /** Every submission, also of an id that was taken already. */
  final List<ExitOrder> submissions = new ArrayList<>();

  final List<BrokerOrderId> cancelled = new ArrayList<>();

  private final Map<Instrument, Quantity> held = new LinkedHashMap<>();
  private final Map<Instrument, Price> entries = new LinkedHashMap<>();
  private final Map<BrokerOrderId, OrderView> orders = new LinkedHashMap<>();
  private Function<ExitOrder, Optional<SubmitOutcome>> answer = order -> Optional.empty();
  private int looksUntilCancelled;
  private Runnable whenCancelled = () -> {};

  /** Happens while an order waits for its turn among the account's requests. */
  volatile Runnable whileQueued = () -> {};

  private boolean unreadable;
  private int reads;
  private int looks;

  /** All of it entered at 100. */
  synchronized void holds(Instrument instrument, long quantity) {
    holds(instrument, quantity, "100");
  }

  synchronized void holds(Instrument instrument, long quantity, String averageEntry) {
    held.put(instrument, Quantity.of(quantity));
    entries.put(instrument, Price.parse(averageEntry));
  }

  /** An order that is not ours, such as the leg of a bracket, holds so much. */
  synchronized BrokerOrderId protects(Instrument instrument, long quantity) {
    return add("bracket", instrument, Quantity.of(quantity)).id();
  }

  private OrderView add(String clientOrderId, Instrument instrument, Quantity quantity) {
    OrderView order =
        new OrderView(
            new BrokerOrderId("order-" + (orders.size() + 1)),
            clientOrderId,
            instrument,
            Side.SELL,
            OrderStatus.WORKING,
            "new",
            quantity,
            Quantity.ZERO,
            Optional.empty(),
            AT,
            AT);
    orders.put(order.id(), order);
    return order;
  }

  /** What an order does from now on instead of being taken. */
  synchronized void answers(Function<ExitOrder, Optional<SubmitOutcome>> instead) {
    answer = instead;
  }

  synchronized void takesOrders() {
    answer = order -> Optional.empty();
  }

  /** Cancels are confirmed only after the open orders were read so often. */
  synchronized void cancelsAfterLooks(int looks) {
    looksUntilCancelled = looks;
  }

  /** Happens at each request to cancel. */
  synchronized void whenCancelled(Runnable then) {
    whenCancelled = then;
  }

  synchronized void isUnreadable(boolean now) {
    unreadable = now;
  }

  /** All of an open order fills. */
  synchronized void fills(BrokerOrderId id) {
    OrderView order = orders.get(id);
    ended(order, OrderStatus.FILLED, order.quantity());
    held.merge(order.instrument(), order.quantity(), Quantity::lessAtMost);
  }

  private void ended(OrderView order, OrderStatus status, Quantity filled) {
    orders.put(
        order.id(),
        new OrderView(
            order.id(),
            order.clientOrderId(),
            order.instrument(),
            order.side(),
            status,
            status.name(),
            order.quantity(),
            filled,
            Optional.of(Price.parse("94")).filter(price -> !filled.isZero()),
            AT,
            AT));
  }

  /** Orders of ours that came into being. */
  synchronized List<OrderView> exits() {
    return orders.values().stream()
        .filter(order -> ClientOrderId.ifOurs(order.clientOrderId()).isPresent())
        .toList();
  }

  synchronized int submissions() {
    return submissions.size();
  }

  /** How often holdings were read. */
  synchronized int reads() {
    return reads;
  }

  /** How often open orders were read. */
  synchronized int looks() {
    return looks;
  }

  @Override
  public AccountName name() {
    return NAME;
  }

  @Override
  public Broker forExits() {
    return this;
  }

  @Override
  public synchronized List<Holding> holdings() {
    requireReadable();
    reads++;
    return held.entrySet().stream()
        .filter(entry -> !entry.getValue().isZero())
        .map(
            entry ->
                new Holding(
                    entry.getKey(),
                    Direction.LONG,
                    entry.getValue(),
                    entry.getValue().lessAtMost(inOrders(entry.getKey())),
                    entries.get(entry.getKey())))
        .toList();
  }

  private void requireReadable() {
    if (unreadable) {
      throw new BrokerException(BrokerException.Kind.UNAVAILABLE, "away");
    }
  }

  private Quantity inOrders(Instrument instrument) {
    return orders.values().stream()
        .filter(order -> order.instrument().equals(instrument))
        .map(OrderView::open)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  @Override
  public synchronized List<OrderView> openOrders() {
    requireReadable();
    looks++;
    if (!cancelled.isEmpty() && looksUntilCancelled-- <= 0) {
      cancelled.stream()
          .map(orders::get)
          .filter(order -> !order.isTerminal())
          .forEach(order -> ended(order, OrderStatus.CANCELED, Quantity.ZERO));
    }
    return orders.values().stream().filter(order -> !order.isTerminal()).toList();
  }

  @Override
  public CancelResult cancel(BrokerOrderId id) {
    Runnable then;
    synchronized (this) {
      cancelled.add(id);
      then = whenCancelled;
    }
    then.run();
    return new CancelResult.Requested();
  }

  /** An answer may wait for the test: nothing is locked meanwhile. */
  @Override
  public Optional<SubmitOutcome> submit(ExitOrder order, BooleanSupplier stillWanted) {
    whileQueued.run();
    return stillWanted.getAsBoolean() ? Optional.of(submitted(order)) : Optional.empty();
  }

  private SubmitOutcome submitted(ExitOrder order) {
    Function<ExitOrder, Optional<SubmitOutcome>> now;
    synchronized (this) {
      submissions.add(order);
      now = answer;
    }
    return now.apply(order).orElseGet(() -> taken(order));
  }

  /** As the broker does: refused where other orders hold what it would close. */
  synchronized SubmitOutcome taken(ExitOrder order) {
    Instrument instrument = order.clientOrderId().instrument();
    Quantity free = held.getOrDefault(instrument, Quantity.ZERO).lessAtMost(inOrders(instrument));
    if (orderByClientId(order.clientOrderId()).isEmpty() && free.compareTo(order.quantity()) < 0) {
      return new SubmitOutcome.Refused(
          new Refusal(
              Refusal.Kind.HELD_BY_ORDERS, 403, 40310000, "insufficient qty available for order"));
    }
    return new SubmitOutcome.Accepted(
        orderByClientId(order.clientOrderId())
            .orElseGet(
                () ->
                    add(
                        order.clientOrderId().toString(),
                        order.clientOrderId().instrument(),
                        order.quantity())));
  }

  @Override
  public synchronized Optional<OrderView> orderByClientId(ClientOrderId id) {
    return orders.values().stream()
        .filter(order -> order.clientOrderId().equals(id.toString()))
        .findFirst();
  }

  @Override
  public synchronized Optional<OrderView> order(BrokerOrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public AccountFunds funds() {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }

  @Override
  public List<HoldingValue> values() {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }

  @Override
  public BrokerAccount account() {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }

  @Override
  public List<OrderView> ordersSubmittedAfter(Instant after, Optional<Instrument> only) {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }

  @Override
  public List<Fill> fillsAfter(Instant after) {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }

  @Override
  public List<AccountActivity> activitiesAfter(Set<String> types, Instant after) {
    throw new UnsupportedOperationException("a watch does not ask for it");
  }
}
