package org.positionmanager.activities.broker;

import java.time.Duration;
import java.time.Instant;
import org.positionmanager.workflows.value.Price;

/**
 * What an instrument traded at within one minute.
 *
 * @param start of the minute, exchange time
 * @param trades how many there were, at least 1
 */
public record MinuteBar(Instant start, Price high, Price low, int trades) {
  /** From one bar's start to the next one's. */
  public static final Duration LENGTH = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException where the fields contradict each other
   */
  public MinuteBar {
    if (high.compareTo(low) < 0) {
      throw new IllegalArgumentException("high %s lies below low %s".formatted(high, low));
    }
    if (trades < 1) {
      throw new IllegalArgumentException("trades must be 1 or more, got: " + trades);
    }
  }
}
