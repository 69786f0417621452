package org.positionmanager.activities.watch;

import java.util.Optional;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;

/** A basis that has seen more than its own peak and trough: pure. */
final class Widened {
  private Widened() {}

  /** As if it had seen what others have, where they have seen anything. */
  static Basis by(Basis basis, Optional<Price> peak, Optional<Price> trough) {
    Basis wider = peak.map(basis::seeing).orElse(basis);
    return trough.map(wider::seeing).orElse(wider);
  }

  /**
   * As if it had seen two mids.
   *
   * @param best moves the peak where it is better, and nothing else
   * @param worst moves the trough where it is worse, and nothing else
   * @return the same one where neither moves
   */
  static Basis by(Basis before, Price best, Price worst) {
    Direction direction = before.direction();
    Basis wider = direction.isBetter(best, before.peak()) ? before.seeing(best) : before;
    return direction.isBetter(wider.trough(), worst) ? wider.seeing(worst) : wider;
  }
}
