package org.positionmanager.starter.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.activities.standing.AccountStanding;

/**
 * The exchange's time as a desk's snapshots tell it, for who cannot ask the broker.
 *
 * @param now exchange time
 * @param isReal whether the exchange's time is real time; a simulated day's is not
 */
record DeskClock(Instant now, boolean isReal) {
  /** Clocks that differ by more do not show the same time. */
  private static final Duration NEAR = Duration.ofMinutes(10);

  /**
   * @param newest snapshot of the desk; without one its time is taken for real
   */
  static DeskClock of(Optional<AccountStanding> newest, Instant realNow) {
    return newest
        .filter(it -> Duration.between(it.at(), it.recordedAt()).abs().compareTo(NEAR) > 0)
        .map(simulated -> new DeskClock(simulated.at(), false))
        .orElse(new DeskClock(realNow, true));
  }
}
