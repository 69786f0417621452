package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What an order was accepted with; never changes.
 *
 * @param quantity shares or contracts; what a notional order was worth when it was accepted
 * @param notional dollars to spend, instead of a quantity
 * @param expiresAt from when on it is expired if it has not been filled
 */
record OrderTerms(
    String id,
    String clientOrderId,
    String symbol,
    boolean buy,
    String type,
    String timeInForce,
    String orderClass,
    String intent,
    BigDecimal quantity,
    Optional<BigDecimal> notional,
    OrderPrices prices,
    boolean extendedHours,
    OrderLinks links,
    Instant submittedAt,
    Instant expiresAt) {

  Optional<BigDecimal> limit() {
    return prices.limit();
  }

  Optional<BigDecimal> stop() {
    return prices.stop();
  }

  /** Whether it closes what is held rather than adding to it. */
  boolean closes() {
    return intent.endsWith("_to_close");
  }
}
