package org.positionmanager.workflows.position;

import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Observation;

/**
 * Where a workflow keeps its one state. Every change goes through {@link #update}, which also shows
 * it to people: search attributes when they change, current details always (they cost no history).
 */
final class StateCell {
  static final SearchAttributeKey<String> POSITION_STATE =
      SearchAttributeKey.forKeyword("PositionState");
  static final SearchAttributeKey<String> EXIT_REASON = SearchAttributeKey.forKeyword("ExitReason");

  private PositionState state;

  /** Workflow time of the last observation; empty until this run has made one. */
  private Optional<Instant> seenAt = Optional.empty();

  StateCell(PositionState state) {
    this.state = state;
  }

  PositionState get() {
    return state;
  }

  void update(UnaryOperator<StateChange> how) {
    become(how.apply(state.change()).made());
  }

  void become(PositionState next) {
    PositionState before = state;
    state = next;
    if (!before.lastSeen().equals(state.lastSeen())) {
      seenAt = Optional.of(workflowTime());
    }
    publish(before);
  }

  /** The last observation, aged by the time since; empty where its age is not known. */
  Optional<Observation> lastSeenAsOfNow() {
    return seenAt.flatMap(
        at -> state.lastSeen().map(seen -> seen.later(Duration.between(at, workflowTime()))));
  }

  /** The exchange's time as last seen, else the workflow's. */
  Instant now() {
    return state
        .lastSeen()
        .map(Observation::moment)
        .map(moment -> moment.now())
        .orElseGet(StateCell::workflowTime);
  }

  private static Instant workflowTime() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private void publish(PositionState before) {
    if (before.phase() != state.phase()) {
      Workflow.upsertTypedSearchAttributes(POSITION_STATE.valueSet(state.phase().name()));
      Workflow.getLogger(StateCell.class)
          .info("{}: {} -> {}", state.id(), before.phase(), state.phase());
    }
    Optional<ExitReason> reason = state.exitReason();
    if (reason.isPresent() && !reason.equals(before.exitReason())) {
      Workflow.upsertTypedSearchAttributes(EXIT_REASON.valueSet(reason.get().name()));
    }
    Workflow.setCurrentDetails(Story.of(state));
  }
}
