package org.positionmanager.activities.live;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.broker.OrderView;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * Something that happened to an order.
 *
 * @param brokerEvent the broker's word for it
 * @param order as it stands after it; an unknown status is one that may still fill
 * @param execution what was traded; empty where nothing was
 * @param executionId the broker's id of the event; empty where it gave none. The same event may
 *     come twice
 * @param at the broker's time
 * @param arrivedAtNanos by the process's monotonic clock, in nanoseconds
 */
public record OrderUpdate(
    OrderEvent event,
    String brokerEvent,
    OrderView order,
    Optional<Execution> execution,
    String executionId,
    Instant at,
    long arrivedAtNanos) {
  /**
   * One trade.
   *
   * @param price of one unit
   * @param positionQuantity held by the account afterwards, negative where short; empty where the
   *     broker did not say
   */
  public record Execution(Price price, Quantity quantity, Optional<BigDecimal> positionQuantity) {}
}
