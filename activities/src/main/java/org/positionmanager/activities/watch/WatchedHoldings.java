package org.positionmanager.activities.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.positionmanager.activities.broker.Broker;
import org.positionmanager.activities.broker.BrokerException;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the account was last seen to hold, less what was sent since: the watch never sends more. A
 * read that fails leaves what was known.
 */
final class WatchedHoldings {
  private static final Logger log = LoggerFactory.getLogger(WatchedHoldings.class);

  private record Key(Instrument instrument, Direction direction) {}

  /**
   * @param held last seen, less what was sent since
   * @param free of it, what no open order holds
   */
  record Seen(Quantity held, Quantity free) {}

  private final Broker broker;
  private Optional<Map<Key, Seen>> known = Optional.empty();

  WatchedHoldings(Broker broker) {
    this.broker = broker;
  }

  /** Returns whether the broker could be read. */
  boolean refresh() {
    try {
      List<Holding> holdings = broker.holdings();
      Map<Key, Seen> seen = new HashMap<>();
      for (Holding one : holdings) {
        seen.put(
            new Key(one.instrument(), one.direction()), new Seen(one.quantity(), one.available()));
      }
      synchronized (this) {
        known = Optional.of(seen);
      }
      return true;
    } catch (BrokerException e) {
      log.warn("{}: holdings cannot be read: {}", broker.name(), e.getMessage());
      return false;
    }
  }

  /** Empty where it was last seen not to be held, or where nothing was ever read. */
  synchronized Optional<Seen> of(Instrument instrument, Direction direction) {
    return known.map(all -> all.get(new Key(instrument, direction)));
  }

  /** So much of it is on its way out: nobody else may count on it. */
  synchronized void sent(Instrument instrument, Direction direction, Quantity quantity) {
    known.ifPresent(
        all ->
            all.computeIfPresent(
                new Key(instrument, direction),
                (key, seen) ->
                    new Seen(seen.held().lessAtMost(quantity), seen.free().lessAtMost(quantity))));
  }
}
