package org.positionmanager.simulator;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The prices an order carries, dollars a share.
 *
 * @param trailPrice dollars behind the high water mark
 * @param trailPercent percent behind the high water mark
 */
record OrderPrices(
    Optional<BigDecimal> limit,
    Optional<BigDecimal> stop,
    Optional<BigDecimal> trailPrice,
    Optional<BigDecimal> trailPercent) {
  static final OrderPrices NONE =
      new OrderPrices(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  static OrderPrices limit(BigDecimal limit) {
    return new OrderPrices(
        Optional.of(limit), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static OrderPrices stop(BigDecimal stop, Optional<BigDecimal> limit) {
    return new OrderPrices(limit, Optional.of(stop), Optional.empty(), Optional.empty());
  }
}
