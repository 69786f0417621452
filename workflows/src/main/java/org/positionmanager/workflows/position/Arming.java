package org.positionmanager.workflows.position;

import org.positionmanager.workflows.value.Quantity;
import org.positionmanager.workflows.watch.Acknowledgement;

/**
 * What the account's watch was told last.
 *
 * @param number counts from 1 within the position
 * @param armed whether it may send; otherwise the permission was taken away
 * @param exit the number k of the exit that it may send
 * @param planVersion by which it judges
 * @param held how much the position held then
 */
public record Arming(
    int number,
    boolean armed,
    int exit,
    int planVersion,
    Quantity held,
    Acknowledgement acknowledgement) {
  /**
   * What was told under a number is not known: it equals nothing, so that the watch is told anew,
   * under the next number.
   */
  static Arming unknown(int number) {
    return new Arming(number, true, 0, 0, Quantity.ZERO, Acknowledgement.NOT_YET);
  }

  /** Whether it says the same, whatever its number. */
  boolean saysTheSameAs(Arming other) {
    return armed == other.armed
        && (!armed
            || exit == other.exit && planVersion == other.planVersion && held.equals(other.held));
  }

  Arming with(Acknowledgement answer) {
    return new Arming(number, armed, exit, planVersion, held, answer);
  }
}
