package org.positionmanager.activities.watch;

import org.positionmanager.activities.broker.MinuteBars;
import org.positionmanager.activities.live.OrderUpdates;
import org.positionmanager.activities.live.QuoteFeed;

/**
 * What one watch sees by: connections of its own, because the broker allows one per account and
 * endpoint.
 */
public interface LiveInputs extends AutoCloseable {
  /** Begins with the connections. */
  interface Opener {
    /**
     * @param events also told of each of the feed's events
     */
    LiveInputs open(QuoteFeed.EventListener events);
  }

  QuoteFeed quotes();

  OrderUpdates orders();

  /** What was traded while nobody watched. */
  MinuteBars bars();

  @Override
  void close();
}
