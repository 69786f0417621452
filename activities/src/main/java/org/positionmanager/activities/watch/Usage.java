package org.positionmanager.activities.watch;

import java.time.Duration;
import org.positionmanager.workflows.watch.ArmedExit;

/** Which exits of one position have been used up, and under which permission. One thread. */
final class Usage {
  /** Real time between the first two attempts at what nobody else can carry out now. */
  static final Duration FIRST_REST = Duration.ofSeconds(2);

  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  /** The last exit that is on its way, or that the broker may have: never sent again from here. */
  private int sentUpTo;

  /** The permission that was used last: where it came to nothing, only a later one is used. */
  private int triedUnder;

  /** How often in a row the last exit came to nothing. */
  private int nothings;

  private int lastTried;

  boolean allows(ArmedExit armed) {
    return armed.exit() > sentUpTo && armed.arming() > triedUnder;
  }

  void uses(ArmedExit armed) {
    nothings = armed.exit() == lastTried ? nothings : 0;
    lastTried = armed.exit();
    sentUpTo = armed.exit();
    triedUnder = armed.arming();
  }

  /**
   * No order came of it, and the workflow is told so: the exit may be sent again under a later
   * permission, which the workflow gives knowing that.
   *
   * @return whether that changed anything
   */
  boolean cameToNothing(ArmedExit armed) {
    if (sentUpTo != armed.exit()) {
      return false;
    }
    sentUpTo = armed.exit() - 1;
    nothings++;
    return true;
  }

  /** Twice as long each time: a halted symbol takes no requests from exits that could be sent. */
  Duration restsFor() {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.clamp(nothings - 1L, 0, MOST_DOUBLINGS));
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  /** Once it came to nothing: the same permission may be used again, where it still is the one. */
  void mayBeTriedAgain(ArmedExit armed) {
    if (triedUnder == armed.arming() && sentUpTo < armed.exit()) {
      triedUnder = armed.arming() - 1;
    }
  }
}
