package org.positionmanager.workflows.market;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import org.positionmanager.workflows.value.Price;

/**
 * The best bid and ask of one instrument.
 *
 * @param at when the exchange made it, by the exchange's clock
 */
public record Quote(Price bid, Price ask, Instant at) {
  /** The middle of bid and ask. */
  public Price mid() {
    return Price.mid(bid, ask);
  }

  /** Whether the bid lies above the ask: such a quote says nothing about the value. */
  @JsonIgnore
  public boolean isCrossed() {
    return bid.compareTo(ask) > 0;
  }

  public Duration age(Instant now) {
    return Duration.between(at, now);
  }
}
