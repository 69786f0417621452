package org.positionmanager.activities.alert;

import java.time.Duration;

/**
 * From when on something is worth an alert. All times are real time, also where an exchange is
 * simulated.
 *
 * @param rapidPositions so many positions recorded within {@code rapidWithin} are too rapid; from 2
 * @param lossesInARow so many are a streak; from 2
 * @param stuckExitAfter how long a position may be EXITING while the market is open
 * @param staleAfter how old an evaluation may become while the market is open
 * @param silentWatchAfter how long an account's own worker may hear nothing of its watch
 * @param noWorkerAfter how long other processes may hear nothing of it; under a minute, less a
 *     sweep
 * @param lateSyncAfter so many intervals without a completed sync are late; from 1
 */
public record AlertBounds(
    int rapidPositions,
    Duration rapidWithin,
    int lossesInARow,
    Duration stuckExitAfter,
    Duration staleAfter,
    Duration silentWatchAfter,
    Duration noWorkerAfter,
    int lateSyncAfter) {
  /** What holds where the configuration says nothing. */
  public static final AlertBounds DEFAULT =
      new AlertBounds(
          5,
          Duration.ofMinutes(5),
          3,
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          3);

  /**
   * @throws IllegalArgumentException naming what is out of range
   */
  public AlertBounds {
    atLeast("rapidPositions", rapidPositions, 2);
    atLeast("lossesInARow", lossesInARow, 2);
    atLeast("lateSyncAfter", lateSyncAfter, 1);
    aboveZero("rapidWithin", rapidWithin);
    aboveZero("stuckExitAfter", stuckExitAfter);
    aboveZero("staleAfter", staleAfter);
    aboveZero("silentWatchAfter", silentWatchAfter);
    aboveZero("noWorkerAfter", noWorkerAfter);
  }

  /** The same but for what is too rapid. */
  AlertBounds withRapid(AccountLimits.RapidCreation rapid) {
    return new AlertBounds(
        rapid.positions(),
        rapid.within(),
        lossesInARow,
        stuckExitAfter,
        staleAfter,
        silentWatchAfter,
        noWorkerAfter,
        lateSyncAfter);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, got: %d".formatted(name, least, value));
    }
  }

  private static void aboveZero(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be above zero, got: " + value);
    }
  }
}
