package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.value.Price;

/**
 * Keeps the ledger in step without ever standing in an exit's way: what could not be written stays
 * in the state and goes with the next write.
 */
final class Recorder {
  private static final int QUOTES_AT_ONCE = 20;

  private final StateCell cell;
  private boolean heldBack;
  private Optional<Price> peakWritten = Optional.empty();

  Recorder(StateCell cell) {
    this.cell = cell;
  }

  /**
   * Until {@link #goOn} nothing is caught up: a write would replace what an earlier life left in
   * the ledger before it is taken over.
   */
  void holdBack() {
    heldBack = true;
  }

  void goOn() {
    heldBack = false;
  }

  /**
   * Writes what is unrecorded if the ledger answers soon. A raised peak is recorded too: a workflow
   * that has to be rebuilt takes it over, so that its trailing stop is no looser.
   */
  void catchUp(String summary) {
    PositionState state = cell.get();
    Optional<Price> peak = state.basis().map(Basis::peak);
    if (heldBack
        || state.unrecorded().isEmpty()
            && state.unrecordedExits().isEmpty()
            && peak.equals(peakWritten)
            && !hasManyQuotes(state)) {
      return;
    }
    try {
      Steps.ledgerSoon(summary).record(state);
      peakWritten = peak;
      cell.update(change -> change.recorded(state));
    } catch (ActivityFailure failure) {
      Workflow.getLogger(Recorder.class)
          .warn("{}: the ledger does not answer, its records wait", state.id(), failure);
    }
  }

  /**
   * Quotes wait for other records, but not for ever; lives from before they were kept have none.
   */
  private static boolean hasManyQuotes(PositionState state) {
    return state.unrecordedQuotes().size() >= QUOTES_AT_ONCE
        && Workflow.getVersion("kept-quotes", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /** Writes how it ended, however long it takes: the position ends only once that is written. */
  void writeEnd(String summary, PositionState end) {
    Steps.ledger(summary).record(end);
    cell.update(
        change ->
            change
                .phase(end.phase())
                .pendingClose(Optional.empty())
                .note(end.note())
                .countEvents(end.events())
                .recorded(end));
  }

  /** Tells people; where the alert cannot be stored now, the timeline still has it. */
  void alert(String key, Alert.Severity severity, String message) {
    Instant at = cell.now();
    cell.update(change -> change.event(PositionEvent.Type.OBSTACLE, at, message, "alert", key));
    try {
      Steps.ledgerSoon("alert: " + key)
          .raise(new Alert(cell.get().id(), key, severity, message, at));
    } catch (ActivityFailure failure) {
      Workflow.getLogger(Recorder.class)
          .error("{}: alert could not be stored: {}", cell.get().id(), message, failure);
    }
  }
}
