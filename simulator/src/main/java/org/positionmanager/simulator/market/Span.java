package org.positionmanager.simulator.market;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param to exclusive
 */
public record Span(Instant from, Instant to) {
  /** What both have in common; its end may lie before its beginning where that is nothing. */
  Span within(Span other) {
    return new Span(
        from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
  }

  boolean isEmpty() {
    return !from.isBefore(to);
  }

  /** Whether a moment is in it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }
}
