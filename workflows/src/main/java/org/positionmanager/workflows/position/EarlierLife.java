package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;

/** What a rebuilt workflow takes over from the ledger: pure. */
final class EarlierLife {
  private EarlierLife() {}

  /** At the start: the end, if it has ended before, else the numbers to go on from. */
  static StateChange apply(StateChange change, Optional<Recollection> recollection) {
    if (recollection.isEmpty()) {
      return change;
    }
    Recollection known = recollection.get();
    change.countEvents(known.lastEvent());
    if (known.phase().isFinal()) {
      return change
          .phase(known.phase())
          .note(Optional.of("the ledger says that it ended before: " + known.phase()));
    }
    return change.goOnCountingFrom(known.exits());
  }

  /** Once the fill is known again: a trailing stop never gets looser, a worse peak is ignored. */
  static Basis withPeak(Basis basis, Optional<Recollection> recollection) {
    return recollection.flatMap(Recollection::peak).map(basis::seeing).orElse(basis);
  }

  /** Once the fill is known again: the plan last in force, for an adjustment was a decision. */
  static Plan planOr(Plan defaults, Optional<Recollection> recollection) {
    return recollection.flatMap(Recollection::plan).orElse(defaults);
  }

  /** Whether the ledger has what the new life does not know before the fill is seen again. */
  static boolean knowsMore(Optional<Recollection> recollection) {
    return recollection
        .filter(
            known ->
                known.phase().isFinal() || known.peak().isPresent() || known.plan().isPresent())
        .isPresent();
  }
}
