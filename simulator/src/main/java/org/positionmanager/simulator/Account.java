package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One account's books. Guarded by the exchange's lock. */
final class Account {
  final String name;
  final String number;
  final String key;
  final String secret;
  BigDecimal cash;
  boolean holdFills;
  final Map<String, Holding> holdings = new TreeMap<>();
  final Map<String, Order> orders = new LinkedHashMap<>();
  final Map<String, Order> byClientId = new LinkedHashMap<>();
  final Map<String, Integer> postsByClientId = new TreeMap<>();
  final List<Fill> fills = new ArrayList<>();

  /** Signed: negative for a short. */
  record Holding(BigDecimal quantity, BigDecimal averageEntry) {}

  record Fill(
      String id,
      String orderId,
      String symbol,
      boolean buy,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal leaves,
      Instant at) {}

  Account(String name, String number, String key, String secret, BigDecimal cash) {
    this.name = name;
    this.number = number;
    this.key = key;
    this.secret = secret;
    this.cash = cash;
  }

  void posted(String clientOrderId) {
    postsByClientId.merge(clientOrderId, 1, Integer::sum);
  }

  void accept(Order order) {
    orders.put(order.terms.id(), order);
    byClientId.put(order.terms.clientOrderId(), order);
  }

  /** One of the account's orders; a clear 404 where there is none. */
  Order order(String id) {
    Order order = orders.get(id);
    if (order == null) {
      throw new Rejection(404, 40410000, "order not found for " + id);
    }
    return order;
  }

  void fill(Happening.Filled fill) {
    Order order = order(fill.orderId());
    OrderTerms terms = order.terms;
    book(
        terms.symbol(),
        terms.buy(),
        fill.quantity(),
        fill.price(),
        Symbols.multiplier(terms.symbol()));
    order.fill(fill.quantity(), fill.price(), fill.at());
    fills.add(
        new Fill(
            fill.fillId(),
            terms.id(),
            terms.symbol(),
            terms.buy(),
            fill.quantity(),
            fill.price(),
            terms.quantity().subtract(order.filled()),
            fill.at()));
  }

  BigDecimal held(String symbol) {
    Holding holding = holdings.get(symbol);
    return holding == null ? BigDecimal.ZERO : holding.quantity();
  }

  /** What open closing orders hold; the two legs of a bracket hold it once. */
  BigDecimal heldForOrders(String symbol) {
    BigDecimal total = BigDecimal.ZERO;
    for (Order order : orders.values()) {
      boolean secondLeg =
          order.terms.sibling().map(orders::get).filter(Order::isOpen).isPresent()
              && order.terms.type().equals("stop");
      if (order.isOpen() && order.terms.symbol().equals(symbol) && order.closes() && !secondLeg) {
        total = total.add(order.open());
      }
    }
    return total;
  }

  private void book(
      String symbol, boolean buy, BigDecimal quantity, BigDecimal price, int multiplier) {
    BigDecimal signed = buy ? quantity : quantity.negate();
    cash = cash.subtract(signed.multiply(price).multiply(BigDecimal.valueOf(multiplier)));
    Holding before = holdings.getOrDefault(symbol, new Holding(BigDecimal.ZERO, BigDecimal.ZERO));
    BigDecimal after = before.quantity().add(signed);
    if (after.signum() == 0) {
      holdings.remove(symbol);
      return;
    }
    boolean grows =
        before.quantity().signum() == 0 || before.quantity().signum() == signed.signum();
    BigDecimal average =
        grows
            ? before
                .averageEntry()
                .multiply(before.quantity().abs())
                .add(price.multiply(quantity))
                .divide(after.abs(), MathContext.DECIMAL64)
            : before.quantity().signum() == after.signum() ? before.averageEntry() : price;
    holdings.put(symbol, new Holding(after, average));
  }
}
