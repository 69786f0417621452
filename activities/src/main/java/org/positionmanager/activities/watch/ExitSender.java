package org.positionmanager.activities.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.broker.ExitOrder;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.broker.SubmitOutcome;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses permissions: sends the exact order at once, on a thread of its own, and tells the workflow.
 * Where open orders hold the quantity it asks for their cancellation and leaves the rest to the
 * workflow, which waits until they are confirmed.
 */
final class ExitSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExitSender.class);

  private final Broker broker;
  private final WatchedHoldings holdings;
  private final Outbox outbox;
  private final LongSupplier nanoClock;
  private final Timer breachToSent;
  private final Timer sentToAnswered;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ExitSender(
      Broker broker,
      WatchedHoldings holdings,
      Outbox outbox,
      LongSupplier nanoClock,
      MeterRegistry meters) {
    this.broker = broker;
    this.holdings = holdings;
    this.outbox = outbox;
    this.nanoClock = nanoClock;
    breachToSent = timer(meters, "watch.breach.to.sent");
    sentToAnswered = timer(meters, "watch.sent.to.answered");
  }

  private Timer timer(MeterRegistry meters, String name) {
    return Timer.builder(name)
        .tag("account", broker.name().value())
        .publishPercentiles(0.5, 0.99)
        .register(meters);
  }

  /** Never blocks. */
  void use(Breach breach) {
    threads.execute(() -> outbox.tell(breach.armed().position(), breach.sent(outcome(breach))));
  }

  /** Whatever goes wrong, the workflow hears of it and looks the order up. */
  private Optional<SubmitOutcome> outcome(Breach breach) {
    try {
      return act(breach);
    } catch (RuntimeException e) {
      log.error("{}: the watch's exit failed", breach.armed().clientOrderId(), e);
      return Optional.of(new SubmitOutcome.Unknown(e.toString()));
    }
  }

  /** Empty where nothing was sent. */
  private Optional<SubmitOutcome> act(Breach breach) {
    Instrument instrument = breach.armed().position().instrument();
    Direction direction = breach.armed().basis().direction();
    Optional<WatchedHoldings.Seen> seen = holdings.of(instrument, direction);
    if (seen.isEmpty() || seen.get().held().isZero()) {
      log.warn(
          "{}: breached, but not seen to be held: left to its workflow", breach.armed().position());
      return Optional.empty();
    }
    Quantity quantity = Quantity.min(breach.quantity(), seen.get().held());
    if (seen.get().free().compareTo(quantity) < 0) {
      free(instrument, direction);
      return Optional.empty();
    }
    holdings.sent(instrument, direction, quantity);
    ExitOrder order = breach.armed().order(quantity, breach.quote());
    long sentAt = nanoClock.getAsLong();
    breachToSent.record(sentAt - breach.noticedAtNanos(), TimeUnit.NANOSECONDS);
    SubmitOutcome outcome = broker.submit(order);
    sentToAnswered.record(nanoClock.getAsLong() - sentAt, TimeUnit.NANOSECONDS);
    log.info("{}: {} by the watch: {}", order.clientOrderId(), breach.decision().reason(), outcome);
    return Optional.of(outcome);
  }

  /** Asks for the end of what holds the quantity; the workflow waits until it is confirmed. */
  private void free(Instrument instrument, Direction direction) {
    try {
      List<OrderView> holders =
          broker.openOrders().stream()
              .filter(order -> order.instrument().equals(instrument))
              .filter(order -> order.side() == direction.closingSide())
              .filter(order -> ClientOrderId.ifOurs(order.clientOrderId()).isEmpty())
              .toList();
      holders.forEach(order -> broker.cancel(order.id()));
    } catch (BrokerException e) {
      log.warn(
          "{}: what holds the quantity is left to the workflow: {}", instrument, e.getMessage());
    }
  }

  /** What is under way goes on: an order that was sent has to be told of. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
