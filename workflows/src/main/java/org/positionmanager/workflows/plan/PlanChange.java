package org.positionmanager.workflows.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.value.Percent;
import org.positionmanager.workflows.value.Price;

/**
 * What an adjust command changes; empty fields stay as they are.
 *
 * @param stop new stop as a price of the instrument held (an option's premium)
 * @param target new target, likewise
 * @param trailingKeep new share of the peak gain that a trailing stop keeps, above 0% up to 100%
 * @param maxHold new longest holding time, exchange time from the fill
 */
public record PlanChange(
    Optional<Price> stop,
    Optional<Price> target,
    Optional<Percent> trailingKeep,
    Optional<Duration> maxHold) {
  @JsonIgnore
  public boolean isEmpty() {
    return !namesAPriceLevel() && maxHold.isEmpty();
  }

  /** Whether a level changes that is compared with the price. */
  public boolean namesAPriceLevel() {
    return stop.isPresent() || target.isPresent() || trailingKeep.isPresent();
  }
}
