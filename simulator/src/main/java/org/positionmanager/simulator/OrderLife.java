package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What follows from what: exits from an entry's fill, one exit's end from the other's fill. */
final class OrderLife {
  /** Activities are named like Alpaca's: the moment in 17 digits and a UUID. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

  private final Recorder recorder;

  OrderLife(Recorder recorder) {
    this.recorder = recorder;
  }

  static String activityId(Instant at, String uuid) {
    return MOMENT.format(at) + "::" + uuid;
  }

  void become(Account account, Order order, String status, Instant at) {
    recorder.record(new Happening.Became(account.name, order.terms.id(), status, at));
  }

  /** Fills part or all of an order. */
  void fill(Account account, Order order, BigDecimal quantity, BigDecimal price, Instant at) {
    boolean isBeingCanceled = order.status().equals("pending_cancel");
    recorder.record(
        new Happening.Filled(
            account.name, order.terms.id(), activityId(at, recorder.newId()), quantity, price, at));
    Optional<Order> sibling = account.sibling(order);
    if (order.isOpen()) {
      sibling.ifPresent(other -> shrink(account, other, quantity, at));
      replacement(account, order).ifPresent(next -> shrink(account, next, quantity, at));
      return;
    }
    if (isBeingCanceled) {
      tooLate(account, order.terms.id(), "order_cancel_rejected", at);
    }
    sibling.ifPresent(other -> end(account, other, "canceled", at));
    replacement(account, order).ifPresent(next -> end(account, next, "rejected", at));
    activateLegs(account, order, at);
  }

  private void tooLate(Account account, String orderId, String event, Instant at) {
    recorder.record(new Happening.TooLate(account.name, orderId, event, at));
  }

  /**
   * An order is for less once another filled in part: the other exit, or the one whose place it is
   * to take. Where nothing is left for it, it is rejected.
   */
  private void shrink(Account account, Order order, BigDecimal filledByTheOther, Instant at) {
    BigDecimal left = order.quantity().subtract(filledByTheOther);
    if (left.signum() <= 0) {
      end(account, order, "rejected", at);
      return;
    }
    recorder.record(new Happening.Resized(account.name, order.terms.id(), left));
    replacement(account, order).ifPresent(next -> shrink(account, next, filledByTheOther, at));
  }

  private void activateLegs(Account account, Order entry, Instant at) {
    BigDecimal available = account.available(entry.terms.symbol());
    for (Order leg : account.legs(entry)) {
      if (!leg.status().equals("held")) {
        continue;
      }
      // what was sold meanwhile cannot be sold by a leg again
      if (leg.open().compareTo(available) > 0) {
        become(account, leg, "rejected", at);
      } else if (!isStopOfTwo(account, leg)) {
        become(account, leg, "accepted", at);
      }
    }
  }

  /** FIELD: the stop of two exits stays held; the other one is at the market for both. */
  private static boolean isStopOfTwo(Account account, Order leg) {
    return leg.terms.type().startsWith("stop") && account.sibling(leg).isPresent();
  }

  /**
   * Whether an order is the stop of two exits that both are in force: it is held at the broker,
   * while the other exit is at the market, and takes its place once its price is reached.
   */
  static boolean isArmed(Account account, Order order) {
    if (!order.status().equals("held") || order.terms.links().sibling().isEmpty()) {
      return false;
    }
    // of an OCO the other exit is the parent
    String parent = order.terms.links().parent().orElseThrow();
    return order.terms.orderClass().equals("oco")
        || account.latest(parent).status().equals("filled");
  }

  /** A stop that was held takes the other exit's place at the market; that one is cancelled. */
  void release(Account account, Order stop, Instant at) {
    Optional<Order> other = account.sibling(stop);
    become(account, stop, "new", at);
    other.ifPresent(
        it -> {
          become(account, it, "canceled", at);
          replacement(account, it).ifPresent(next -> end(account, next, "rejected", at));
        });
  }

  /** Ends an order without a fill, and with it what cannot be without it. */
  void end(Account account, Order order, String status, Instant at) {
    if (!order.isOpen()) {
      return;
    }
    Optional<Order> sibling = account.sibling(order);
    become(account, order, status, at);
    if (status.equals("canceled")) {
      sibling.ifPresent(other -> end(account, other, "canceled", at));
    }
    replacement(account, order).ifPresent(next -> end(account, next, "rejected", at));
    if (neverTookItsPlace(account, order)) {
      if (status.equals("rejected")) {
        String old = order.terms.links().replaces().orElseThrow();
        tooLate(account, old, "order_replace_rejected", at);
      }
      return;
    }
    for (Order leg : account.legs(order)) {
      if (leg.status().equals("held")) {
        boolean isOtherExit = leg.terms.orderClass().equals("oco");
        end(account, leg, isOtherExit ? status : "canceled", at);
      }
    }
  }

  /** Whether it was to replace an order that goes on without it, and keeps its legs. */
  private static boolean neverTookItsPlace(Account account, Order order) {
    return order
        .terms
        .links()
        .replaces()
        .map(account.orders::get)
        .filter(old -> !old.status().equals("replaced"))
        .isPresent();
  }

  private static Optional<Order> replacement(Account account, Order order) {
    return account.openOrders().stream()
        .filter(next -> next.status().equals("pending_new"))
        .filter(next -> next.terms.links().replaces().equals(Optional.of(order.terms.id())))
        .findFirst();
  }

  /** Ends a replacement's wait: it takes its place, unless nothing was left for it. */
  void replace(Account account, Order old, Instant at) {
    Order next = replacement(account, old).orElse(null);
    if (next == null) {
      become(account, old, old.filled().signum() > 0 ? "partially_filled" : "new", at);
      return;
    }
    recorder.record(new Happening.Replaced(account.name, old.terms.id(), next.terms.id(), at));
    become(account, next, "accepted", at);
  }

  /**
   * Cancels what no longer fits after a holding changed other than by a trade: exits for more than
   * is held, and orders that would open the other side.
   */
  void fit(Account account, String symbol, Instant at) {
    for (Order order : List.copyOf(account.openOrders())) {
      if (!order.terms.symbol().equals(symbol) || !order.isOpen()) {
        continue;
      }
      int held = account.held(symbol).signum();
      boolean reduces = order.terms.buy() ? held < 0 : held > 0;
      if (order.closes() != reduces) {
        end(account, order, "canceled", at);
      }
    }
    List<Order> newestFirst = List.copyOf(account.openOrders()).reversed();
    for (Order order : newestFirst) {
      boolean isShort = account.held(symbol).abs().compareTo(account.heldForOrders(symbol)) < 0;
      if (isShort && order.isOpen() && order.closes() && order.terms.symbol().equals(symbol)) {
        end(account, order, "canceled", at);
      }
    }
  }
}
