package org.positionmanager.workflows.position;

import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.activity.LedgerActivities.Alert;
import org.positionmanager.workflows.broker.ClosingFill;
import org.positionmanager.workflows.plan.Plan;
import org.positionmanager.workflows.plan.Plans;
import org.positionmanager.workflows.rules.Basis;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.watch.ExitSent;
import org.positionmanager.workflows.watch.WatchBlind;

/** The story of one position. Handlers only change state; this class says what comes after what. */
public final class PositionWorkflowImpl implements PositionWorkflow {
  private static final Duration AFTER_A_FAILED_STEP = Duration.ofSeconds(10);
  private static final Duration WATCH_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final StateCell cell;
  private final Waiting waiting = new Waiting();
  private final Recorder recorder;
  private final EntryWait entry;
  private final Review review;
  private final ExitDriver exits;
  private final Reconciler reconciler;
  private final Armer armer;
  private final PlanChoice plans;
  private final WatchLetters letters;

  /** Restores the whole state before any handler runs. */
  @WorkflowInit
  public PositionWorkflowImpl(PositionState state) {
    cell = new StateCell(state);
    recorder = new Recorder(cell);
    reconciler = new Reconciler(cell, recorder);
    entry = new EntryWait(cell, recorder, waiting);
    armer = new Armer(cell);
    plans = new PlanChoice(cell, recorder);
    letters = new WatchLetters(cell);
    review = new Review(cell, recorder, reconciler, waiting);
    exits = new ExitDriver(cell, recorder, reconciler, waiting, review);
  }

  @Override
  public PositionOutcome manage(PositionState ignored) {
    entry.begin();
    while (!cell.get().phase().isFinal()) {
      if (NextRun.isDue() && !handlersKeepIt()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.continueAsNew(NextRun.options(), cell.get());
      }
      step();
      recorder.catchUp("record what happened");
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    PositionState end = cell.get();
    return new PositionOutcome(end.phase(), end.exitReason(), end.averageExit(), end.realised());
  }

  /** No failed step ends a position's life: people are told, and it is tried again. */
  private void step() {
    try {
      nextStep();
    } catch (ActivityFailure failure) {
      stuck("cannot go on: " + FailureReason.of(failure));
    }
  }

  private void stuck(String why) {
    if (!cell.get().note().equals(Optional.of(why))) {
      cell.update(change -> change.note(Optional.of(why)));
      recorder.alert("stuck/" + cell.get().id(), Alert.Severity.CRITICAL, why);
    }
    if (cell.get().exit().isPresent()) {
      exits.stuck(why);
    }
    waiting.upTo(AFTER_A_FAILED_STEP, "the next try");
  }

  private void nextStep() {
    PositionState state = cell.get();
    if (state.phase() == Phase.AWAITING_ENTRY) {
      entry.step();
      letters.takeEarly();
    } else if (state.exit().isPresent()) {
      exits.step();
    } else if (SyncNews.gaveAllAway(state)) {
      armer.keepUp();
      entry.gaveAllAway();
    } else if (state.held().isZero()) {
      close();
    } else {
      plans.readMissingRanges();
      if (state.lastSeen().isPresent() && state.pendingClose().isEmpty()) {
        // the first review comes first: until then nothing else protects; so does a person's close
        plans.replaceStandIn();
      }
      armer.keepUp();
      if (!review.isOvertaken() && !cell.get().held().isZero()) {
        review.step();
      }
    }
  }

  /** The broker's fills say that all of it is gone: CLOSED only once the history is written. */
  private void close() {
    review.endShadow(closedAt());
    PositionState closed =
        QuoteRecords.end(cell.get().change(), cell.get())
            .phase(Phase.CLOSED)
            .pendingClose(Optional.empty())
            .event(
                PositionEvent.Type.CLOSED,
                closedAt(),
                "closed, realised " + cell.get().realised(),
                "realised",
                cell.get().realised().toString())
            .made();
    recorder.writeEnd("write the history", closed);
  }

  /** Now, and never before its last fill: what is known of the exchange's clock may be older. */
  private Instant closedAt() {
    return cell.get().fills().stream()
        .map(ClosingFill::at)
        .reduce(cell.now(), (one, other) -> one.isBefore(other) ? other : one);
  }

  /** Who waits for an answer makes no exit wait; runs from before that stood still meanwhile. */
  private static boolean handlersKeepIt() {
    return !Workflow.isEveryHandlerFinished()
        && Workflow.getVersion("exits-before-answers", Workflow.DEFAULT_VERSION, 1) == 1;
  }

  // --- messages: a refused Update leaves no trace, so what can be refused is refused there ---

  @Override
  public void validateClose(CloseCommand command) {
    Commands.check(command, cell.get());
  }

  /** Waits for the outcome outside the main loop; what it changes is only the pending request. */
  @Override
  public CloseAnswer close(CloseCommand command) {
    if (!cell.get().hasSeen(command.commandId())) {
      cell.update(change -> Commands.ask(change, command));
      waiting.nudge();
    } else if (Commands.isCarriedOut(cell.get())) {
      return Commands.answer(cell.get());
    }
    int settledBefore = cell.get().exitsSettled();
    Workflow.await(ANSWER_WITHIN, () -> Commands.isAnswerable(cell.get(), settledBefore));
    return Commands.answer(cell.get());
  }

  @Override
  public void requestClose(RawValue request) {
    if (cell.get().phase().isFinal()) {
      return;
    }
    try {
      CloseCommand command = Commands.of(request, cell.get());
      cell.update(change -> Commands.ask(change, command));
      waiting.nudge();
    } catch (IllegalArgumentException bad) {
      String why = "a close request was refused: " + bad.getMessage();
      cell.update(
          change ->
              change
                  .note(Optional.of(why))
                  .event(PositionEvent.Type.REQUEST_REFUSED, cell.now(), why));
    }
  }

  @Override
  public void validateAdjust(AdjustCommand command) {
    Commands.check(command, cell.get(), cell.lastSeenAsOfNow());
  }

  @Override
  public CommandAnswer adjust(AdjustCommand command) {
    PositionState state = cell.get();
    if (state.hasSeen(command.commandId())) {
      return Commands.answer(state, "already done");
    }
    Basis basis = state.basis().orElseThrow();
    Plan changed;
    try {
      changed = Plans.changed(state.plan().orElseThrow(), command.change(), basis);
    } catch (IllegalArgumentException bad) {
      throw ApplicationFailure.newNonRetryableFailure(bad.getMessage(), "BAD_COMMAND");
    }
    cell.update(
        change ->
            change
                .plan(changed)
                .carriedOut(command.commandId())
                .event(
                    PositionEvent.Type.ADJUSTED,
                    cell.now(),
                    "plan version %d by %s".formatted(changed.version(), command.by()),
                    "change",
                    command.change().toString()));
    waiting.nudge();
    awaitWatch();
    return Commands.adjusted(cell.get(), command.change(), cell.lastSeenAsOfNow());
  }

  @Override
  public void validatePause(PauseCommand command) {
    Commands.check(command);
  }

  @Override
  public CommandAnswer pause(PauseCommand command) {
    if (!cell.get().hasSeen(command.commandId())) {
      cell.update(
          change ->
              change
                  .paused(Optional.of(command.reason() + " (" + command.by() + ")"))
                  .carriedOut(command.commandId())
                  .event(PositionEvent.Type.PAUSED, cell.now(), "paused: " + command.reason()));
      waiting.nudge();
      awaitWatch();
    }
    return Commands.pausedOrNot(cell.get());
  }

  @Override
  public void validateResume(ResumeCommand command) {
    Commands.check(command);
  }

  @Override
  public CommandAnswer resume(ResumeCommand command) {
    if (!cell.get().hasSeen(command.commandId())) {
      cell.update(
          change ->
              change
                  .paused(Optional.empty())
                  .carriedOut(command.commandId())
                  .event(PositionEvent.Type.RESUMED, cell.now(), "resumed by " + command.by()));
      waiting.nudge();
      awaitWatch();
    }
    return Commands.pausedOrNot(cell.get());
  }

  /** Whoever changes what the watch goes by is told whether it does. */
  private void awaitWatch() {
    if (cell.get().arming().isPresent()) {
      Workflow.await(WATCH_WITHIN, () -> Armer.isToldOf(cell.get()));
    }
  }

  @Override
  public void exitSent(ExitSent sent) {
    if (letters.receive(sent)) {
      waiting.nudge();
    }
  }

  @Override
  public void watchBlind(WatchBlind news) {
    Blindness.learnt(cell.get(), news)
        // a worker from before kept the signal and did nothing
        .filter(state -> Workflow.getVersion("watch-blind", Workflow.DEFAULT_VERSION, 1) == 1)
        .ifPresent(
            state -> {
              cell.become(state);
              waiting.nudge();
            });
  }

  @Override
  public void synced(SyncNotice notice) {
    cell.become(SyncNews.apply(cell.get(), notice, cell.now()));
    waiting.nudge();
  }

  @Override
  public PositionState state() {
    return cell.get();
  }

  @Override
  public String story() {
    return Story.of(cell.get());
  }
}
