package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.positionmanager.workflows.value.Price;

/** At what price an exit may trade. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = OrderPricing.Market.class, name = "market"),
  @JsonSubTypes.Type(value = OrderPricing.Limit.class, name = "limit")
})
public sealed interface OrderPricing {
  /** At whatever the market gives. */
  record Market() implements OrderPricing {}

  /**
   * At this price or better.
   *
   * @param extendedHours may trade outside the regular session (stocks only)
   */
  record Limit(Price price, boolean extendedHours) implements OrderPricing {}
}
