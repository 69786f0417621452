package org.positionmanager.activities.live;

import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.market.Quote;

/**
 * A quote as it came in.
 *
 * @param origin how it came
 * @param arrivedAtNanos by the process's monotonic clock, in nanoseconds: the frame's or the
 *     answer's arrival, before anything of it was read
 */
public record LiveQuote(Instrument instrument, Quote quote, Origin origin, long arrivedAtNanos) {
  /** How a quote came. */
  public enum Origin {
    /** The broker sent it by itself. */
    STREAM,
    /** It was asked for. */
    POLL
  }
}
