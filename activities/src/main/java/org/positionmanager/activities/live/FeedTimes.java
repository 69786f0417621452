package org.positionmanager.activities.live;

import java.time.Duration;

/**
 * How a feed polls.
 *
 * @param pollEach the least time between two requests of polling, above 0: a poll that takes three
 *     requests is followed by the next after three times as long
 * @param recheckAfter an instrument that its stream serves, but that was not heard of for so long,
 *     is asked for too: frames get lost while a stream looks well
 */
public record FeedTimes(Duration pollEach, Duration recheckAfter) {
  /** One request a second at most, of the 200 a minute that an account has. */
  public static final FeedTimes DEFAULT =
      new FeedTimes(Duration.ofSeconds(1), Duration.ofSeconds(15));

  public FeedTimes {
    if (!pollEach.isPositive()) {
      throw new IllegalArgumentException("pollEach must be above 0, got: " + pollEach);
    }
    if (recheckAfter.compareTo(pollEach) < 0) {
      throw new IllegalArgumentException(
          "recheckAfter %s must not be shorter than pollEach %s".formatted(recheckAfter, pollEach));
    }
  }
}
