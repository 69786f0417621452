package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id that the broker gave an order; changes when the order is replaced. */
public record BrokerOrderId(@JsonValue String value) {
  @JsonCreator
  public BrokerOrderId {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("broker order id must not be empty");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
