package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * What the account holds of an instrument, all executions together.
 *
 * @param available what no open order holds
 */
public record Holding(
    Instrument instrument,
    Direction direction,
    Quantity quantity,
    Quantity available,
    Price averageEntry) {
  @JsonIgnore
  public Quantity heldForOrders() {
    return quantity.lessAtMost(available);
  }
}
