package org.positionmanager.starter.intake;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import org.positionmanager.worker.PositionStarts;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.PositionState;

/** Starts a position's workflow, once whatever happens. */
public final class PositionStarter {
  private final WorkflowClient client;

  public PositionStarter(WorkflowClient client) {
    this.client = client;
  }

  /** What became of a start. */
  public enum Result {
    STARTED,
    /** It runs, or ran, already. */
    DUPLICATE
  }

  /** Starts the workflow unless one with the position's id runs or ran. */
  public Result start(PositionId position, EntryTerms terms) {
    return start(PositionState.announced(position, terms));
  }

  /** The same from a state that is more than announced. */
  public Result start(PositionState state) {
    return PositionStarts.start(
            client, state, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
        ? Result.STARTED
        : Result.DUPLICATE;
  }
}
