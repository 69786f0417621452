package org.positionmanager.activities.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.broker.ExchangeCalendar;
import org.positionmanager.workflows.activity.ExitActivities;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.ExitReadiness;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.Quote;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;

/** The exit protocol's steps at the broker; all that they read goes before ordinary reads. */
public final class BrokerExitActivities implements ExitActivities {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Broker broker;
  private final AccountReads reads;
  private final ExchangeCalendar calendar;
  private final ActivityScope scope;
  private final LongSupplier nanoClock;

  /**
   * @param nanoClock monotonic real time, {@code System::nanoTime}
   */
  public BrokerExitActivities(
      Broker broker,
      AccountReads reads,
      ExchangeCalendar calendar,
      ActivityScope scope,
      LongSupplier nanoClock) {
    this.broker = broker.forExits();
    this.reads = reads.forExits();
    this.calendar = calendar;
    this.scope = scope;
    this.nanoClock = nanoClock;
  }

  @Override
  public ExitReadiness prepareExit(
      PositionId position, ClientOrderId clientOrderId, Direction direction, Quantity wanted) {
    Failures.requireAccount(position, broker.name());
    return Failures.mapped(() -> prepare(clientOrderId, direction, wanted));
  }

  private ExitReadiness prepare(ClientOrderId id, Direction direction, Quantity wanted) {
    Optional<OrderView> sent = broker.orderByClientId(id);
    if (sent.isPresent()) {
      return new ExitReadiness.AlreadySent(sent.get());
    }
    if (wanted.isZero()) {
      // nothing of this position is left to close, whatever others hold of the instrument
      return new ExitReadiness.NothingHeld();
    }
    Instrument instrument = id.instrument();
    // Orders before holdings: an exit that fills in between makes the answer smaller, never larger.
    List<OrderView> closing = reads.openOrders(instrument, direction.closingSide());
    Optional<Holding> holding = reads.holding(instrument, direction);
    if (holding.isEmpty()) {
      return new ExitReadiness.NothingHeld();
    }
    List<OrderView> foreign = closing.stream().filter(order -> !isOurs(order)).toList();
    MarketMoment moment = calendar.moment();
    if (!foreign.isEmpty() && !moment.isOpen()) {
      // what protects it over night is not cancelled for an order that cannot go before the open
      return new ExitReadiness.Ready(wanted, Optional.empty(), moment);
    }
    if (!foreign.isEmpty()) {
      return new ExitReadiness.HeldByOrders(foreign);
    }
    Quantity ours = closing.stream().map(OrderView::open).reduce(Quantity.ZERO, Quantity::plus);
    Quantity free =
        Quantity.min(holding.get().quantity().lessAtMost(ours), holding.get().available());
    Quantity sendable = stepped(Quantity.min(wanted, free), instrument);
    if (sendable.isZero()) {
      throw ours.isZero()
          ? Failures.expected(
              Failures.Type.HOLDINGS_UNSETTLED, instrument + " is held, but none of it is free")
          : Failures.expected(
              Failures.Type.HELD_BY_OTHER_EXITS, "other exits hold all of " + instrument);
    }
    return new ExitReadiness.Ready(sendable, quoteIfAny(instrument), moment);
  }

  private static boolean isOurs(OrderView order) {
    return ClientOrderId.ifOurs(order.clientOrderId()).isPresent();
  }

  private static Quantity stepped(Quantity quantity, Instrument instrument) {
    BigDecimal step = instrument.quantityStep();
    return new Quantity(quantity.value().divide(step, 0, RoundingMode.DOWN).multiply(step));
  }

  /** An exit does not wait for market data. */
  private Optional<Quote> quoteIfAny(Instrument instrument) {
    try {
      return reads.quote(instrument);
    } catch (BrokerException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<OrderView> cancelOrders(PositionId position, List<BrokerOrderId> orders) {
    Failures.requireAccount(position, broker.name());
    return Failures.mapped(
        () -> {
          orders.forEach(broker::cancel);
          Duration patience = scope.timeAllowed().multipliedBy(4).dividedBy(5);
          long start = nanoClock.getAsLong();
          List<OrderView> ended = new ArrayList<>();
          for (BrokerOrderId id : orders) {
            OrderView order = follow(id, patience.minusNanos(nanoClock.getAsLong() - start));
            if (!order.isTerminal()) {
              throw Failures.expected(
                  Failures.Type.CANCEL_UNCONFIRMED,
                  "order " + id + " is still " + order.brokerStatus());
            }
            ended.add(order);
          }
          return List.copyOf(ended);
        });
  }

  @Override
  public SubmitOutcome submitExit(ExitOrder order) {
    Failures.requireAccount(order.position(), broker.name());
    return Failures.mapped(() -> broker.submit(order));
  }

  @Override
  public OrderView followOrder(PositionId position, BrokerOrderId order, Duration patience) {
    return Failures.mapped(() -> follow(order, patience));
  }

  private OrderView follow(BrokerOrderId id, Duration patience) {
    long start = nanoClock.getAsLong();
    Duration wait = FIRST_WAIT;
    while (true) {
      OrderView order =
          reads
              .order(id)
              .orElseThrow(
                  () ->
                      Failures.expected(
                          Failures.Type.ORDER_NOT_FOUND, "the broker knows no order " + id));
      scope.heartbeat(order.brokerStatus());
      Duration left = patience.minusNanos(nanoClock.getAsLong() - start);
      if (order.isTerminal() || !left.isPositive()) {
        return order;
      }
      scope.sleep(left.compareTo(wait) < 0 ? left : wait);
      Duration longer = wait.multipliedBy(3).dividedBy(2);
      wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }
  }

  @Override
  public List<ClosingFill> findClosingFills(
      PositionId position, Direction direction, Instant since, Quantity atMost) {
    return Failures.mapped(() -> new ClosingFills(broker).find(position, direction, since, atMost));
  }
}
