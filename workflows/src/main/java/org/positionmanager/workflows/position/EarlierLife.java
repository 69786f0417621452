package org.positionmanager.workflows.position;

import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Recollection;

/** What a rebuilt workflow takes over from the ledger: pure. */
final class EarlierLife {
  private EarlierLife() {}

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
}
