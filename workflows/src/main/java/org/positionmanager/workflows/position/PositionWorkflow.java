package org.positionmanager.workflows.position;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.positionmanager.workflows.sync.SyncNotice;
import org.positionmanager.workflows.watch.ExitSent;
import org.positionmanager.workflows.watch.WatchBlind;

/**
 * One position, from announced entry to the broker's word that it is gone. Started with id {@link
 * org.positionmanager.workflows.identity.PositionId#workflowId()} on its account's task queue.
 */
@WorkflowInterface
public interface PositionWorkflow {
  /** Lives until the position is CLOSED or NEVER_OPENED. */
  @WorkflowMethod
  PositionOutcome manage(PositionState state);

  /**
   * Closes by hand and answers once it is known what became of it: an Update, because the person
   * who asks needs the answer.
   */
  @UpdateMethod
  CloseAnswer close(CloseCommand command);

  @UpdateValidatorMethod(updateName = "close")
  void validateClose(CloseCommand command);

  /**
   * Closes by hand without an answer, for the Temporal UI: no input, a comment as text, or a {@link
   * CloseRequest}. Taken as it was sent, so that no input can be lost because it cannot be read:
   * what is not understood and might limit the close is refused in the timeline.
   */
  @SignalMethod
  void requestClose(RawValue request);

  /** Changes the plan; refused where a value makes no sense. */
  @UpdateMethod
  CommandAnswer adjust(AdjustCommand command);

  @UpdateValidatorMethod(updateName = "adjust")
  void validateAdjust(AdjustCommand command);

  /** Keeps rules from acting. */
  @UpdateMethod
  CommandAnswer pause(PauseCommand command);

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(PauseCommand command);

  /** Lets rules act again. */
  @UpdateMethod
  CommandAnswer resume(ResumeCommand command);

  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(ResumeCommand command);

  /** The whole state, for programs. */
  @QueryMethod
  PositionState state();

  /** The position's story in Markdown, for people. */
  @QueryMethod
  String story();

  /**
   * The account's watch has used its permission: a Signal, because the watch has no time to wait.
   * What is not the next exit of this position is ignored: it is over already.
   */
  @SignalMethod
  void exitSent(ExitSent sent);

  /**
   * The account's watch has had no usable quote for longer than the plan bears: a Signal, because
   * it is told to many at once where a stream is cut. A review follows, which reads for itself.
   */
  @SignalMethod
  void watchBlind(WatchBlind news);

  /**
   * The account's sync has found something out: a Signal, because the sync sees at its next run
   * what became of it. What the position knows already changes nothing; a review follows in any
   * case.
   */
  @SignalMethod
  void synced(SyncNotice notice);
}
