package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Optional;

/** One order at the exchange. Guarded by the exchange's lock, changed by {@link Books} only. */
final class Order {
  final OrderTerms terms;

  private String status;
  private BigDecimal quantity;
  private BigDecimal filled = BigDecimal.ZERO;
  private BigDecimal spent = BigDecimal.ZERO;
  private Optional<Instant> filledAt = Optional.empty();
  private Optional<Instant> canceledAt = Optional.empty();
  private Optional<Instant> expiredAt = Optional.empty();
  private Optional<Instant> failedAt = Optional.empty();
  private Optional<Instant> replacedAt = Optional.empty();
  private Optional<String> replacedBy = Optional.empty();
  private Optional<BigDecimal> highWater = Optional.empty();
  private Optional<Instant> lastFillAt = Optional.empty();
  private boolean triggered;
  private Instant updatedAt;

  Order(OrderTerms terms, String status) {
    this.terms = terms;
    this.status = status;
    quantity = terms.quantity();
    updatedAt = terms.submittedAt();
  }

  void fill(BigDecimal part, BigDecimal price, Instant at) {
    filled = filled.add(part);
    spent = spent.add(part.multiply(price));
    lastFillAt = Optional.of(at);
    // what a notional order buys is known only at its price, and it fills at once
    boolean done = terms.notional().isPresent() || filled.compareTo(quantity) >= 0;
    if (done) {
      become("filled", at);
    } else if (!status.startsWith("pending_")) {
      become("partially_filled", at);
    }
  }

  void become(String newStatus, Instant at) {
    status = newStatus;
    updatedAt = at;
    switch (newStatus) {
      case "filled" -> filledAt = Optional.of(at);
      case "canceled" -> canceledAt = Optional.of(at);
      case "expired" -> expiredAt = Optional.of(at);
      case "rejected" -> failedAt = Optional.of(at);
      default -> {}
    }
  }

  void replacedBy(String id, Instant at) {
    replacedBy = Optional.of(id);
    replacedAt = Optional.of(at);
    become("replaced", at);
  }

  void resize(BigDecimal newQuantity) {
    quantity = newQuantity;
  }

  void trigger() {
    triggered = true;
  }

  void highWater(BigDecimal mark) {
    highWater = Optional.of(mark);
  }

  String status() {
    return status;
  }

  /** What is ordered by now; smaller than at first where the other leg was filled in part. */
  BigDecimal quantity() {
    return quantity;
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

  Optional<Instant> expiredAt() {
    return expiredAt;
  }

  Optional<Instant> failedAt() {
    return failedAt;
  }

  Optional<Instant> replacedAt() {
    return replacedAt;
  }

  Optional<String> replacedBy() {
    return replacedBy;
  }

  Optional<Instant> lastFillAt() {
    return lastFillAt;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  /** Whether a stop was touched. */
  boolean isTriggered() {
    return triggered;
  }

  /** The best price since a trailing stop began to follow it. */
  Optional<BigDecimal> highWater() {
    return highWater;
  }

  /** Where it stops now; a trailing stop's place follows its high water mark. */
  Optional<BigDecimal> stop() {
    if (!terms.type().equals("trailing_stop")) {
      return terms.stop();
    }
    return highWater.map(
        mark -> {
          BigDecimal distance =
              terms
                  .prices()
                  .trailPrice()
                  .orElseGet(
                      () -> mark.multiply(terms.prices().trailPercent().get()).movePointLeft(2));
          return terms.buy() ? mark.add(distance) : mark.subtract(distance);
        });
  }

  boolean isOpen() {
    return switch (status) {
      case "filled", "canceled", "expired", "rejected", "replaced" -> false;
      default -> true;
    };
  }

  /** Whether the market may fill it; a held leg waits for its entry, a new one for the old. */
  boolean isWorking() {
    return isOpen() && !status.equals("held") && !status.equals("pending_new");
  }

  /** What is still to be filled; 0 for an order that is not open. */
  BigDecimal open() {
    return isOpen() ? quantity.subtract(filled) : BigDecimal.ZERO;
  }

  boolean closes() {
    return terms.closes();
  }

  Optional<BigDecimal> averagePrice() {
    return filled.signum() == 0
        ? Optional.empty()
        : Optional.of(spent.divide(filled, MathContext.DECIMAL64));
  }
}
