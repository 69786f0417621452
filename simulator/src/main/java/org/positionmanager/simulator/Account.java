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

  BigDecimal held(String symbol) {
    Holding holding = holdings.get(symbol);
    return holding == null ? BigDecimal.ZERO : holding.quantity();
  }

  /** What open closing orders hold; the two legs of a bracket hold it once. */
  BigDecimal heldForOrders(String symbol) {
    BigDecimal total = BigDecimal.ZERO;
    for (Order order : orders.values()) {
      boolean secondLeg =
          order.sibling.map(orders::get).filter(Order::isOpen).isPresent()
              && order.type.equals("stop");
      if (order.isOpen() && order.symbol.equals(symbol) && order.closes() && !secondLeg) {
        total = total.add(order.open());
      }
    }
    return total;
  }

  void book(String symbol, boolean buy, BigDecimal quantity, BigDecimal price, int multiplier) {
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
