package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/** One order at the exchange. Guarded by the exchange's lock, changed by {@link Books} only. */
final class Order {
  final OrderTerms terms;

  /** A bracket's legs, which come into being at the entry's fill. */
  final Optional<Bracket> bracket;

  private String status = "accepted";
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal spent = BigDecimal.ZERO;
  private Optional<Instant> filledAt = Optional.empty();
  private Optional<Instant> canceledAt = Optional.empty();
  private Instant updatedAt;

  /** Where a bracket entry takes its profit and stops its loss; at least one is present. */
  record Bracket(Optional<BigDecimal> takeProfit, Optional<BigDecimal> stopLoss) {}

  Order(OrderTerms terms, Optional<Bracket> bracket) {
    this.terms = terms;
    this.bracket = bracket;
    updatedAt = terms.submittedAt();
  }

  void fill(BigDecimal quantity, BigDecimal price, Instant at) {
    filled = filled.add(quantity);
    spent = spent.add(quantity.multiply(price));
    boolean done = filled.compareTo(terms.quantity()) == 0;
    become(done ? "filled" : "partially_filled", at);
  }

  void become(String newStatus, Instant at) {
    status = newStatus;
    updatedAt = at;
    switch (newStatus) {
      case "filled" -> filledAt = Optional.of(at);
      case "canceled" -> canceledAt = Optional.of(at);
      default -> {}
    }
  }

  String status() {
    return status;
  }

  BigDecimal filled() {
    return filled;
  }

  Optional<Instant> filledAt() {
    return filledAt;
  }

  Optional<Instant> canceledAt() {
    return canceledAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  boolean isOpen() {
    return switch (status) {
      case "filled", "canceled", "expired", "rejected", "replaced" -> false;
      default -> true;
    };
  }

  /** What is still to be filled; 0 for an order that is not open. */
  BigDecimal open() {
    return isOpen() ? terms.quantity().subtract(filled) : BigDecimal.ZERO;
  }

  boolean closes() {
    return terms.intent().endsWith("_to_close");
  }

  Optional<BigDecimal> averagePrice() {
    return filled.signum() == 0
        ? Optional.empty()
        : Optional.of(spent.divide(filled, MathContext.DECIMAL64));
  }
}
