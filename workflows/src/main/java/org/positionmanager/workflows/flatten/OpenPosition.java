package org.positionmanager.workflows.flatten;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.value.Money;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;

/**
 * A position that the ledger has open.
 *
 * @param held zero while it waits for its entry
 * @param price of one share or contract: the newest quote's mid, else its entry; empty where
 *     neither is known
 * @param watched whether the account's watch vouches for its price and may exit it
 */
public record OpenPosition(
    PositionId id,
    Strategy strategy,
    Phase phase,
    Quantity held,
    Optional<Price> price,
    boolean watched) {
  /** What is held is worth, multiplier included; zero where nothing is held or nobody knows. */
  @JsonIgnore
  public Money notional() {
    return price.map(it -> it.times(held, id.instrument().multiplier())).orElse(Money.ZERO);
  }

  @JsonIgnore
  boolean isWaitingForEntry() {
    return phase == Phase.AWAITING_ENTRY;
  }
}
