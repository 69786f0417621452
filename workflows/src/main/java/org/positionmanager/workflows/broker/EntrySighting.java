package org.positionmanager.workflows.broker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/** What the broker says of the order that was to open a position. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EntrySighting.Filled.class, name = "filled"),
  @JsonSubTypes.Type(value = EntrySighting.Working.class, name = "working"),
  @JsonSubTypes.Type(value = EntrySighting.Dead.class, name = "dead"),
  @JsonSubTypes.Type(value = EntrySighting.NotFound.class, name = "notFound")
})
public sealed interface EntrySighting {
  /** The entry is filled, whether or not anything of it is still held. */
  record Filled(Quantity quantity, Price averagePrice, Instant at) implements EntrySighting {}

  /** The order lives and may still fill. */
  record Working(OrderView order) implements EntrySighting {}

  /** The order ended without filling anything. */
  record Dead(OrderView order) implements EntrySighting {}

  /** A successful read that found neither an order nor a holding. */
  record NotFound(Instant readAt) implements EntrySighting {}
}
