package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.math.BigDecimal;
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
    Optional<Holding> split = seen.holding().filter(now -> isOther(now, seen));
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

  /**
   * Alone it is compared with what is looked after; beside others with what was there before, where
   * the price went as the shares did: who sells at a loss and buys for as much money has as many
   * others at the same cost, too.
   */
  private boolean isOther(Holding now, Observation seen) {
    PositionState state = cell.get();
    if (SplitSign.ratio(now, state.held(), state.basis().orElseThrow().entry()).isPresent()) {
      return true;
    }
    return state
        .lastSeen()
        .flatMap(
            last ->
                last.holding()
                    .flatMap(it -> SplitSign.ratio(now, it.quantity(), it.averageEntry()))
                    .filter(ratio -> hasFollowed(ratio, last, seen)))
        .isPresent();
  }

  /** By two thirds of the way at least; without both prices nothing is judged by price either. */
  private static boolean hasFollowed(BigDecimal ratio, Observation last, Observation seen) {
    return last.quote()
        .flatMap(
            before ->
                seen.quote()
                    .filter(now -> !before.mid().isZero() && !now.mid().isZero())
                    .map(
                        now ->
                            Math.abs(
                                    Math.log(
                                        now.mid().value().doubleValue()
                                            / before.mid().value().doubleValue()
                                            * ratio.doubleValue()))
                                < Math.abs(Math.log(ratio.doubleValue())) / 3))
        .orElse(true);
  }
}
