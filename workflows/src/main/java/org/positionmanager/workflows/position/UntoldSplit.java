package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.broker.SplitSign;
import org.positionmanager.workflows.rules.Observation;

/**
 * Shares that look as if they had been split, before the sync has told of it: levels in old shares
 * say nothing of prices in new ones, so nothing is judged until then. A close by hand goes on.
 */
final class UntoldSplit {
  /** Between two looks; the sync's word comes in between. */
  static final Duration LOOK = Duration.ofMinutes(1);

  private final StateCell cell;
  private final Recorder recorder;

  UntoldSplit(StateCell cell, Recorder recorder) {
    this.cell = cell;
    this.recorder = recorder;
  }

  /** Whether it looks so; people are told once. */
  boolean isSeen(Observation seen) {
    Optional<Holding> split = seen.holding().filter(this::isOther);
    // lives from before judged all the same
    if (split.isEmpty() || Workflow.getVersion("untold-split", Workflow.DEFAULT_VERSION, 1) != 1) {
      return false;
    }
    PositionState state = cell.get();
    String why =
        "the shares look split: the account has %s at %s, and %s at %s are looked after; nothing is judged until the broker tells of it: compare with the broker, and close by hand where it is none"
            .formatted(
                split.get().quantity(),
                split.get().averageEntry(),
                state.held(),
                state.basis().orElseThrow().entry());
    if (!state.note().equals(Optional.of(why))) {
      cell.update(change -> change.note(Optional.of(why)));
      recorder.alert(AlertKind.MISMATCH.key("split/" + state.id()), Alert.Severity.CRITICAL, why);
    }
    return true;
  }

  /** Alone it is compared with what is looked after, beside others with what was there before. */
  private boolean isOther(Holding now) {
    PositionState state = cell.get();
    return SplitSign.isSeen(now, state.held(), state.basis().orElseThrow().entry())
        || state
            .lastSeen()
            .flatMap(Observation::holding)
            .filter(before -> SplitSign.isSeen(now, before.quantity(), before.averageEntry()))
            .isPresent();
  }
}
