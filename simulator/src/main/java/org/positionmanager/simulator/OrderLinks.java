package org.positionmanager.simulator;

import java.util.Optional;

/**
 * How an order hangs together with others, by id.
 *
 * @param parent the order that this is a leg of
 * @param sibling the other exit of a bracket or OCO: when one fills or is cancelled, so is the
 *     other
 * @param replaces the order that this one took the place of
 */
record OrderLinks(Optional<String> parent, Optional<String> sibling, Optional<String> replaces) {
  static final OrderLinks NONE =
      new OrderLinks(Optional.empty(), Optional.empty(), Optional.empty());
}
