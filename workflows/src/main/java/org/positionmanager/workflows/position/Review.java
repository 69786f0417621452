package org.positionmanager.workflows.position;

import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.Optional;
import org.positionmanager.workflows.broker.Holding;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Decision;
import org.positionmanager.workflows.rules.Evaluator;
import org.positionmanager.workflows.rules.ExitReason;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Quantity;

/** One look at a position: what was seen, what the plan says, what follows. */
final class Review {
  /** Between two looks at an absence that people have been told of. */
  private static final Duration UNEXPLAINED_LOOK = Duration.ofMinutes(5);

  private static final Duration AFTER_A_FAILED_READ = Duration.ofSeconds(5);

  private final StateCell cell;
  private final Recorder recorder;
  private final Reconciler reconciler;
  private final Waiting waiting;

  Review(StateCell cell, Recorder recorder, Reconciler reconciler, Waiting waiting) {
    this.cell = cell;
    this.recorder = recorder;
    this.reconciler = reconciler;
    this.waiting = waiting;
  }

  void step() {
    PositionState state = cell.get();
    if (state.pendingClose().isPresent()) {
      closeByHand(state.pendingClose().get());
      return;
    }
    Observation seen;
    try {
      seen =
          Steps.market("review " + state.id().instrument())
              .checkPosition(state.id(), state.terms().direction());
    } catch (ActivityFailure failure) {
      String why = "could not read market or holdings: " + failure.getCause();
      cell.update(change -> change.note(Optional.of(why)));
      waiting.upTo(AFTER_A_FAILED_READ, "the broker to be readable again");
      return;
    }
    judge(seen);
  }

  private void closeByHand(CloseCommand command) {
    Quantity wanted =
        command
            .quantity()
            .map(asked -> Quantity.min(asked, cell.get().held()))
            .orElse(cell.get().held());
    decide(
        ExitReason.MANUAL,
        wanted,
        "closed by " + command.by() + command.note().map(note -> ": " + note).orElse(""));
  }

  private void judge(Observation seen) {
    Plan plan = cell.get().plan().orElseThrow();
    Basis basis = Evaluator.observe(plan, cell.get().basis().orElseThrow(), seen);
    Decision decision = Evaluator.evaluate(plan, basis, seen);
    cell.update(change -> change.basis(basis).seen(seen).decided(decision));
    if (isGone(seen)) {
      return;
    }
    if (decision instanceof Decision.Exit exit && !cell.get().isPaused()) {
      decide(
          exit.reason(),
          cell.get().held(),
          "%s: %s (level %s, observed %s)"
              .formatted(
                  exit.rule().rule(),
                  exit.rule().because(),
                  exit.rule().level(),
                  exit.rule().observed()));
      return;
    }
    recorder.catchUp("record what happened");
    waiting.upTo(
        ReviewTiming.untilNext(
            seen.moment(), plan.reviewEvery(), Evaluator.nextChange(plan, basis, seen)),
        "the next review");
  }

  /** Whether the holding went, in part or all, without us: then nothing is decided on it now. */
  private boolean isGone(Observation seen) {
    Quantity atBroker = seen.holding().map(Holding::quantity).orElse(Quantity.ZERO);
    Quantity missing = cell.get().held().lessAtMost(atBroker);
    if (missing.isZero()) {
      if (cell.get().missingSince().isPresent() || cell.get().note().isPresent()) {
        cell.update(change -> change.missingSince(Optional.empty()).note(Optional.empty()));
      }
      return false;
    }
    if (reconciler.bookWhatClosed(missing)) {
      return true;
    }
    boolean believed = reconciler.unexplained(missing);
    if (believed && !atBroker.isZero()) {
      // people know; what is left goes on being protected
      return false;
    }
    waiting.upTo(
        believed ? UNEXPLAINED_LOOK : Reconciler.BROKER_LAG,
        "the broker's orders and positions to agree");
    return true;
  }

  private void decide(ExitReason reason, Quantity wanted, String why) {
    PositionState state = cell.get();
    ExitProgress exit =
        ExitProgress.decided(state.exitsSettled() + 1, reason, wanted, why, cell.now());
    cell.update(
        change ->
            change
                .exit(exit)
                .phase(Phase.EXITING)
                .pendingClose(Optional.empty())
                .event(
                    PositionEvent.Type.EXIT_DECIDED,
                    cell.now(),
                    "exit %d: %s, %s".formatted(exit.number(), reason, why),
                    "quantity",
                    wanted.toString(),
                    "clientOrderId",
                    exit.clientOrderId(state.id()).toString()));
  }
}
