package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** One order at the exchange. Guarded by the exchange's lock. */
final class Order {
  final String id;
  final String clientOrderId;
  final String symbol;
  final boolean buy;
  final String type;
  final String timeInForce;
  final String orderClass;
  final String intent;
  final BigDecimal quantity;
  final Optional<BigDecimal> limit;
  final Optional<BigDecimal> stop;
  final Instant submittedAt;

  /** The bracket's other leg and its entry, where it has them. */
  Optional<String> sibling = Optional.empty();

  String status = "accepted";
  BigDecimal filled = BigDecimal.ZERO;
  BigDecimal spent = BigDecimal.ZERO;
  Optional<Instant> filledAt = Optional.empty();
  Optional<Instant> canceledAt = Optional.empty();
  Instant updatedAt;

  Order(
      String id,
      String clientOrderId,
      String symbol,
      boolean buy,
      String type,
      String timeInForce,
      String orderClass,
      String intent,
      BigDecimal quantity,
      Optional<BigDecimal> limit,
      Optional<BigDecimal> stop,
      Instant submittedAt) {
    this.id = id;
    this.clientOrderId = clientOrderId;
    this.symbol = symbol;
    this.buy = buy;
    this.type = type;
    this.timeInForce = timeInForce;
    this.orderClass = orderClass;
    this.intent = intent;
    this.quantity = quantity;
    this.limit = limit;
    this.stop = stop;
    this.submittedAt = submittedAt;
    updatedAt = submittedAt;
  }

  boolean isOpen() {
    return switch (status) {
      case "filled", "canceled", "expired", "rejected", "replaced" -> false;
      default -> true;
    };
  }

  BigDecimal open() {
    return isOpen() ? quantity.subtract(filled) : BigDecimal.ZERO;
  }

  boolean closes() {
    return intent.endsWith("_to_close");
  }

  Optional<BigDecimal> averagePrice() {
    return filled.signum() == 0
        ? Optional.empty()
        : Optional.of(spent.divide(filled, java.math.MathContext.DECIMAL64));
  }
}
