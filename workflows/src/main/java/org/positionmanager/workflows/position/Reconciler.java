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
   * Books the closing fills that the position does not know yet. What it was told while they were
   * read is known by then: it is not booked again.
   *
   * @param missing what the broker holds less than recorded: no more than that is booked, because
   *     fills of another position in the same instrument look the same
   * @return whether anything is explained; where a split was told meanwhile, quantities are no
   *     longer those that were read, and all of it is to be looked at again
   */
  boolean bookWhatClosed(Quantity missing) {
    PositionState before = cell.get();
    Basis basis = before.basis().orElseThrow();
    List<ClosingFill> told =
        Steps.exit("find what closed " + before.id().instrument())
            .findClosingFills(
                before.id(),
                basis.direction(),
                before.terms().closableSince(basis.filledAt()),
                basis.opened());
    PositionState now = cell.get();
    if (isSplit(basis, now.basis().orElseThrow())) {
      return true;
    }
    Quantity atBroker = before.held().lessAtMost(missing);
    Quantity stillMissing = now.held().lessAtMost(atBroker);
    List<ClosingFill> fresh = Closings.upTo(stillMissing, Closings.unbooked(now.fills(), told));
    for (ClosingFill fill : fresh) {
      String why = "by order " + fill.clientOrderId();
      cell.update(
          change -> Closings.book(change, now.id(), fill, why, ExitReason.CLOSED_ELSEWHERE));
    }
    boolean wasTold = !now.held().equals(before.held());
    return !fresh.isEmpty() || wasTold && stillMissing.isZero();
  }

  /** Nothing but a split changes what an entry was. */
  private static boolean isSplit(Basis before, Basis now) {
    return !before.entry().equals(now.entry());
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
