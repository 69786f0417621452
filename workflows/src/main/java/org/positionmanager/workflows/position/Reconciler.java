package org.positionmanager.workflows.position;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.value.Quantity;

/**
 * Explains a holding that is smaller than it should be by the broker's own fills. Absence alone
 * never ends a position: fills do.
 */
final class Reconciler {
  /**
   * Least real time between two reads before an unexplained absence is believed: orders and
   * positions can disagree for up to 10 s after a fill.
   */
  static final Duration BROKER_LAG = Duration.ofSeconds(10);

  private final StateCell cell;
  private final Recorder recorder;

  Reconciler(StateCell cell, Recorder recorder) {
    this.cell = cell;
    this.recorder = recorder;
  }

  /**
   * Books the closing fills that the position does not know yet.
   *
   * @param missing what the broker holds less than recorded: no more than that is booked, because
   *     fills of another position in the same instrument look the same
   * @return whether any was found
   */
  boolean bookWhatClosed(Quantity missing) {
    PositionState state = cell.get();
    Basis basis = state.basis().orElseThrow();
    List<ClosingFill> told =
        Steps.exit("find what closed " + state.id().instrument())
            .findClosingFills(state.id(), basis.direction(), basis.filledAt(), basis.opened());
    List<ClosingFill> fresh = Closings.upTo(missing, Closings.unbooked(state.fills(), told));
    for (ClosingFill fill : fresh) {
      String why = "by order " + fill.clientOrderId();
      cell.update(
          change -> Closings.book(change, state.id(), fill, why, ExitReason.CLOSED_ELSEWHERE));
    }
    return !fresh.isEmpty();
  }

  /**
   * A successful read found less than the position holds, and no fill explains it: remembers since
   * when, and tells people once that is longer than the broker's lag.
   *
   * @return whether it is longer than that lag: then it is no lag
   */
  boolean unexplained(Quantity missing) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    Optional<Instant> since = cell.get().missingSince();
    if (since.isEmpty()) {
      cell.update(change -> change.missingSince(Optional.of(now)));
      return false;
    }
    boolean believed = !now.isBefore(since.get().plus(BROKER_LAG));
    String message =
        "the broker holds %s less than recorded and no fill explains it; nothing is sent, look at"
                .formatted(missing)
            + " the account's activities";
    if (believed && !cell.get().note().equals(Optional.of(message))) {
      cell.update(change -> change.note(Optional.of(message)));
      recorder.alert("holding-missing/" + cell.get().id(), Alert.Severity.CRITICAL, message);
    }
    return believed;
  }
}
