package org.positionmanager.starter.migrate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.activities.broker.Fill;
import org.positionmanager.workflows.broker.Holding;

/** Since when something is held without a break, by the fills that led to it: pure. */
final class HeldSince {
  private HeldSince() {}

  /**
   * Goes back from what is held now to the moment at which nothing was.
   *
   * @param fills of the account, oldest first
   * @return empty where the fills do not reach back so far, or do not add up, as after a split
   */
  static Optional<Instant> of(Holding holding, List<Fill> fills) {
    BigDecimal held = holding.quantity().value();
    for (Fill fill : fills.reversed()) {
      if (fill.instrument().equals(holding.instrument())) {
        BigDecimal quantity = fill.quantity().value();
        boolean opened = fill.side() == holding.direction().openingSide();
        held = opened ? held.subtract(quantity) : held.add(quantity);
        if (held.signum() <= 0) {
          return held.signum() == 0 ? Optional.of(fill.at()) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
