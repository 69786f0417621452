package org.positionmanager.activities.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.positionmanager.workflows.instrument.Instrument;

/** What instruments traded at, minute by minute, up to a little while ago. */
public interface MinuteBars {
  /**
   * Reads bars, of each instrument in the order of time and in today's shares where a stock was
   * split. Minutes without a trade have none. An instrument whose symbol is refused is absent; one
   * that was not traded has an empty list.
   *
   * @param fromInclusive a full minute of exchange time: the start of the first bar
   * @param toExclusive likewise, after the start of the last bar
   * @throws BrokerException where they could not be read, which is never the same as none
   */
  Map<Instrument, List<MinuteBar>> read(
      Set<Instrument> instruments, Instant fromInclusive, Instant toExclusive);

  /** Exchange time after the end of a minute until which its bar may be missing or grow. */
  Duration settledAfter(Instrument instrument);
}
