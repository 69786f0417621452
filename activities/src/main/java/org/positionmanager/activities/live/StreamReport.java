package org.positionmanager.activities.live;

import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;

/**
 * One stream and what it serves at a moment.
 *
 * @param stream its name, such as {@code /v2/iex}
 * @param served instruments whose quotes come by it now
 * @param unserved instruments that were asked of it and do not come, and why
 */
public record StreamReport(
    String stream, StreamState state, Set<Instrument> served, Map<Instrument, Unserved> unserved) {
  public StreamReport {
    served = Set.copyOf(served);
    unserved = Map.copyOf(unserved);
  }
}
