package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.value.Side;

/**
 * An order as the broker last told of it.
 *
 * @param clientOrderId as given at submission, ours or another's
 * @param averagePrice of what is filled; empty while nothing is
 * @param updatedAt the broker's time of the last change
 */
public record OrderView(
    BrokerOrderId id,
    String clientOrderId,
    Instrument instrument,
    Side side,
    OrderStatus status,
    String brokerStatus,
    Quantity quantity,
    Quantity filled,
    Optional<Price> averagePrice,
    Instant submittedAt,
    Instant updatedAt) {
  @JsonIgnore
  public boolean isTerminal() {
    return status.isTerminal();
  }

  /** What may still fill. */
  @JsonIgnore
  public Quantity open() {
    return isTerminal() ? Quantity.ZERO : quantity.lessAtMost(filled);
  }
}
