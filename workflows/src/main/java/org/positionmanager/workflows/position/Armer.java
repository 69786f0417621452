package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.watch.Acknowledgement;
import org.positionmanager.workflows.watch.ArmedExit;

/**
 * Keeps the account's watch told of what it may do. What cannot be told now is told at the next
 * step; until then the reviews protect.
 */
final class Armer {
  /** Real time to wait for a watch that has to let go of what it went by. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final StateCell cell;

  Armer(StateCell cell) {
    this.cell = cell;
  }

  /** Lives that began before there were watches go on without. */
  static boolean isUsed() {
    return Workflow.getVersion("armed-exits", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  /**
   * What the watch should go by; pure. A close by hand does not wait for it: exit and watch have
   * the same order id.
   */
  static Arming wanted(PositionState state) {
    boolean armed = state.phase() == Phase.PROTECTED && !state.isPaused() && !state.held().isZero();
    int last = state.arming().map(Arming::number).orElse(0);
    return new Arming(
        last + 1,
        armed,
        state.exitsSettled() + 1,
        state.plan().map(plan -> plan.version()).orElse(0),
        state.held(),
        Acknowledgement.NOT_YET);
  }

  /** Whether the watch was told what it should go by. */
  static boolean isToldOf(PositionState state) {
    Arming wanted = wanted(state);
    return state.arming().map(told -> told.saysTheSameAs(wanted)).orElse(!wanted.armed());
  }

  /** Tells the watch, where it has to be told something new. */
  void keepUp() {
    PositionState state = cell.get();
    if (isToldOf(state) || !isUsed()) {
      return;
    }
    Arming wanted = wanted(state);
    Duration patience = state.arming().filter(Arming::armed).isPresent() ? PATIENCE : Duration.ZERO;
    try {
      Acknowledgement answer =
          wanted.armed()
              ? Steps.arming("arm exit " + wanted.exit()).arm(armedExit(state, wanted), patience)
              : Steps.arming("disarm the watch")
                  .disarm(state.id(), wanted.number(), why(state), patience);
      cell.update(change -> change.arming(wanted.with(answer)));
    } catch (ActivityFailure failure) {
      // it may have been told all the same: the number is used up
      cell.update(change -> change.arming(Arming.unknown(wanted.number())));
      Workflow.getLogger(Armer.class)
          .warn("{}: the watch could not be told: {}", state.id(), FailureReason.of(failure));
    }
  }

  private static ArmedExit armedExit(PositionState state, Arming wanted) {
    Basis basis = state.basis().orElseThrow().closing(state.closed());
    return new ArmedExit(
        state.id(), wanted.number(), wanted.exit(), state.plan().orElseThrow(), basis);
  }

  private static String why(PositionState state) {
    return state.pausedBecause().map(because -> "paused: " + because).orElse("nothing is held");
  }

  /** For who asked for a change, once the watch was told or could not be. */
  static String acknowledged(PositionState state) {
    Optional<Acknowledgement> answer =
        isToldOf(state) ? state.arming().map(Arming::acknowledgement) : Optional.empty();
    if (answer.isEmpty()) {
      return state.arming().isEmpty()
          ? ""
          : "; the watch could not be told yet: until then it may act as before";
    }
    return switch (answer.get()) {
      case ACKNOWLEDGED -> "; the watch has acknowledged it";
      case NOT_YET -> "; the watch has not acknowledged it yet: until then it may act as before";
      case NO_WATCH -> "";
    };
  }
}
