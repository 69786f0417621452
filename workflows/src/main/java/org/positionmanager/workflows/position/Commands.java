package org.positionmanager.workflows.position;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import java.math.BigDecimal;
import java.util.Optional;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.PlanChange;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.rules.Observation;
import org.positionmanager.workflows.value.Quantity;

/** What people may ask of a position, checked and answered: pure but for the ids of Signals. */
final class Commands {
  private Commands() {}

  /**
   * @throws IllegalArgumentException naming the field and the fix
   */
  static void check(CloseCommand command, PositionState state) {
    requireGiven("command", command);
    requireText("commandId", command.commandId());
    requireText("by", command.by());
    if (state.phase().isFinal()) {
      throw new IllegalArgumentException("the position is " + state.phase() + " already");
    }
    command.quantity().ifPresent(quantity -> checkQuantity(quantity, state));
  }

  private static void checkQuantity(Quantity quantity, PositionState state) {
    BigDecimal step = state.id().instrument().quantityStep();
    if (quantity.isZero() || quantity.value().remainder(step).signum() != 0) {
      throw new IllegalArgumentException(
          "quantity must be a multiple of "
              + step.toPlainString()
              + " above zero, got: "
              + quantity);
    }
    if (state.basis().isPresent() && quantity.compareTo(state.held()) > 0) {
      throw new IllegalArgumentException(
          "quantity must be at most the %s held, got: %s".formatted(state.held(), quantity));
    }
  }

  /**
   * Checked only before the change is accepted, never again when it is carried out: a replay has to
   * carry out what was accepted then.
   *
   * @param seen as of now; empty where nothing recent is known
   */
  static void check(AdjustCommand command, PositionState state, Optional<Observation> seen) {
    requireGiven("command", command);
    requireText("commandId", command.commandId());
    requireText("by", command.by());
    requireGiven("change", command.change());
    if (command.change().isEmpty()) {
      throw new IllegalArgumentException(
          "change names nothing: give stop, target, trailingKeep or maxHold");
    }
    if (state.phase() != Phase.PROTECTED) {
      throw new IllegalArgumentException(
          "a plan can be adjusted while PROTECTED, the position is " + state.phase());
    }
    Plan plan = state.plan().orElseThrow();
    Basis basis = state.basis().orElseThrow();
    Plan changed = Plans.changed(plan, command.change(), basis);
    seen.ifPresent(now -> Plans.requireNoExitAtOnce(plan, changed, basis, now));
  }

  static void check(PauseCommand command) {
    requireGiven("command", command);
    requireText("commandId", command.commandId());
    requireText("by", command.by());
    requireText("reason", command.reason());
  }

  static void check(ResumeCommand command) {
    requireGiven("command", command);
    requireText("commandId", command.commandId());
    requireText("by", command.by());
  }

  private static void requireGiven(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
  }

  private static void requireText(String field, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be empty");
    }
  }

  /**
   * A Signal as a command; its id comes from the workflow, for a person gives none.
   *
   * @param sent null where the Signal had no input
   * @throws IllegalArgumentException saying what was not understood and what would be
   */
  static CloseCommand of(RawValue sent, PositionState state) {
    CloseRequest request =
        CloseRequests.read(sent == null ? "" : sent.getPayload().getData().toStringUtf8());
    CloseCommand command =
        new CloseCommand(
            "signal-" + Workflow.randomUUID(),
            request.quantity(),
            request.by().orElse("signal"),
            request.note());
    check(command, state);
    return command;
  }

  /** A wider request takes the place of a narrower one, and not the other way round. */
  static StateChange ask(StateChange change, CloseCommand command) {
    return (change.pendingClose().filter(waiting -> isAsWide(waiting, command)).isPresent()
            ? change
            : change.pendingClose(Optional.of(command)))
        .carriedOut(command.commandId());
  }

  private static boolean isAsWide(CloseCommand one, CloseCommand other) {
    return one.quantity().isEmpty()
        || other.quantity().filter(asked -> one.quantity().get().compareTo(asked) >= 0).isPresent();
  }

  /** Whether nothing of what was asked is still to come. */
  static boolean isCarriedOut(PositionState state) {
    return state.phase() == Phase.PROTECTED
        && state.pendingClose().isEmpty()
        && state.exit().isEmpty();
  }

  /** Whether the person who asked to close can be told something worth waiting for. */
  static boolean isAnswerable(PositionState state, int settledBefore) {
    return state.phase().isFinal()
        || state.exitsSettled() > settledBefore && state.phase() == Phase.PROTECTED
        || state.exit().flatMap(ExitProgress::obstacle).isPresent();
  }

  static CloseAnswer answer(PositionState state) {
    Optional<ExitProgress> exit = state.exit();
    String message =
        switch (state.phase()) {
          case CLOSED -> "closed, realised " + state.realised();
          case NEVER_OPENED -> "the entry never filled, there is nothing to close";
          case AWAITING_ENTRY -> "asked; it is closed as soon as the entry's fill is seen";
          case PROTECTED ->
              state.pendingClose().isPresent()
                  ? "asked, and not begun yet: it goes on by itself, look again"
                  : "closed in part, %s held".formatted(state.held());
          case EXITING ->
              exit.flatMap(ExitProgress::obstacle)
                  .map(what -> "not closed yet; in the way: " + what)
                  .orElse(
                      exit.flatMap(ExitProgress::order).isPresent()
                          ? "not closed yet: the order is at the broker"
                          : "not closed yet: the order is not known to be at the broker");
        };
    return new CloseAnswer(
        state.phase(),
        exit.map(it -> it.clientOrderId(state.id())),
        state.averageExit(),
        state.realised(),
        state.phase().isFinal()
            || state.phase() == Phase.PROTECTED && state.pendingClose().isEmpty(),
        message);
  }

  /** Says so where it could not be checked whether the change closes the position at once. */
  static CommandAnswer adjusted(
      PositionState state, PlanChange change, Optional<Observation> seen) {
    Plan plan = state.plan().orElseThrow();
    boolean checked =
        !change.namesAPriceLevel()
            || seen.filter(now -> Plans.isPriceKnown(plan, state.basis().orElseThrow(), now))
                .isPresent();
    return answer(
        state,
        "plan version %d is in force".formatted(plan.version())
            + Armer.acknowledged(state)
            + (checked
                ? ""
                : "; no fresh price is known: if it is beyond the new level already, the next"
                    + " review closes the position"));
  }

  static CommandAnswer pausedOrNot(PositionState state) {
    return answer(
        state,
        (state.isPaused() ? "rules do not act until it is resumed" : "rules act again")
            + Armer.acknowledged(state));
  }

  static CommandAnswer answer(PositionState state, String message) {
    return new CommandAnswer(
        state.phase(),
        state.plan().map(plan -> plan.version()).orElse(0),
        state.isPaused(),
        message);
  }
}
