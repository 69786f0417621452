package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.activities.watch.WatchedHoldings.Take;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.identity.ClientOrderId;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.ArmedExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets at a quantity that is held but not free: asks for the end of orders that are not ours, and
 * waits until they are gone. What protected the position is then gone too, so whoever asks has to
 * send, or to tell the workflow.
 */
final class Freeing {
  private static final Logger log = LoggerFactory.getLogger(Freeing.class);

  /** After so long the workflow does it, which waits for as long as it takes. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Broker broker;
  private final WatchedHoldings holdings;
  private final Pauses pauses;
  private final LongSupplier nanoClock;

  Freeing(Broker broker, WatchedHoldings holdings, Pauses pauses, LongSupplier nanoClock) {
    this.broker = broker;
    this.holdings = holdings;
    this.pauses = pauses;
    this.nanoClock = nanoClock;
  }

  /**
   * How it went.
   *
   * @param take what there is in the end
   * @param cancelsAsked whether the end of any order was asked for
   */
  record Freed(Take take, boolean cancelsAsked) {}

  /**
   * Takes the quantity, at once where it is free, within 10 s where it has to be freed.
   *
   * @param goesOn asked before each wait
   */
  Freed take(ArmedExit armed, Quantity wanted, BooleanSupplier goesOn) {
    long start = nanoClock.getAsLong();
    Set<BrokerOrderId> asked = new HashSet<>();
    Duration wait = FIRST_WAIT;
    Take now = holdings.take(armed, wanted);
    while (mayChange(now)) {
      now = look(armed, wanted, now, asked);
      boolean isLate = nanoClock.getAsLong() - start >= PATIENCE.toNanos();
      if (!mayChange(now) || isLate || !goesOn.getAsBoolean() || !pause(wait)) {
        break;
      }
      wait = longer(wait);
    }
    return new Freed(now, !asked.isEmpty());
  }

  private static boolean mayChange(Take now) {
    return switch (now) {
      case Take.HeldByOrders held -> true;
      case Take.OnItsWayOut out -> true;
      case Take.Granted granted -> false;
      case Take.NotHeld nothing -> false;
    };
  }

  /** Orders before holdings: what ends in between makes the answer smaller, never larger. */
  private Take look(ArmedExit armed, Quantity wanted, Take before, Set<BrokerOrderId> asked) {
    try {
      boolean isHeld = before instanceof Take.HeldByOrders && cancelHolders(armed, asked);
      return isHeld || !holdings.refresh() ? before : holdings.take(armed, wanted);
    } catch (BrokerException e) {
      log.warn("{}: what holds the quantity: {}", armed.position(), e.getMessage());
      return before;
    }
  }

  /** Asks once for the end of each; returns whether there still are any. */
  private boolean cancelHolders(ArmedExit armed, Set<BrokerOrderId> asked) {
    List<OrderView> holders = holders(armed);
    for (OrderView holder : holders) {
      if (!asked.contains(holder.id())) {
        broker.cancel(holder.id());
        asked.add(holder.id());
      }
    }
    return !holders.isEmpty();
  }

  /** Open orders that would close it and are no exits of ours. */
  private List<OrderView> holders(ArmedExit armed) {
    Direction direction = armed.basis().direction();
    return broker.openOrders().stream()
        .filter(order -> order.instrument().equals(armed.position().instrument()))
        .filter(order -> order.side() == direction.closingSide())
        .filter(order -> ClientOrderId.ifOurs(order.clientOrderId()).isEmpty())
        .toList();
  }

  private boolean pause(Duration wait) {
    try {
      pauses.pause(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration longer(Duration wait) {
    Duration longer = wait.multipliedBy(3).dividedBy(2);
    return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
  }
}
