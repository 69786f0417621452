package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What an order was accepted with; never changes.
 *
 * @param sibling the other leg of a bracket: when one fills or is cancelled, so is the other
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
    Optional<BigDecimal> limit,
    Optional<BigDecimal> stop,
    Optional<String> sibling,
    Instant submittedAt) {}
