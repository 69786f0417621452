package org.positionmanager.simulator.market;

import java.time.Instant;
import java.util.Optional;

/** The prices of one symbol at any moment; the same moment has the same price, however often. */
public interface PriceSource {
  /** Whether it says prices outside regular sessions, too, where others stand at the last close. */
  default boolean goesOnAfterHours() {
    return false;
  }

  /** The best bid and ask in force at a moment; empty before the symbol has any price. */
  Optional<BidAsk> at(Instant moment);
}
