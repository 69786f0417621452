package org.positionmanager.activities.watch;

import org.positionmanager.workflows.watch.ArmedExit;

/** Which exits of one position have been used up, and under which permission. One thread. */
final class Usage {
  /** The last exit that is on its way, or that the broker may have: never sent again from here. */
  private int sentUpTo;

  /** The permission that was used last: where it came to nothing, only a later one is used. */
  private int triedUnder;

  boolean allows(ArmedExit armed) {
    return armed.exit() > sentUpTo && armed.arming() > triedUnder;
  }

  void uses(ArmedExit armed) {
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
    return true;
  }

  /** Once it came to nothing: the same permission may be used again, where it still is the one. */
  void mayBeTriedAgain(ArmedExit armed) {
    if (triedUnder == armed.arming() && sentUpTo < armed.exit()) {
      triedUnder = armed.arming() - 1;
    }
  }
}
