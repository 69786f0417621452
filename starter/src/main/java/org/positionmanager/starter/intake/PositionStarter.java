package org.positionmanager.starter.intake;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;

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
    PositionId position = state.id();
    EntryTerms terms = state.terms();
    PositionWorkflow workflow =
        client.newWorkflowStub(
            PositionWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(position.workflowId())
                .setTaskQueue(position.account().taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(attributes(position, terms))
                .setStaticSummary(summary(position, terms))
                .build());
    try {
      WorkflowClient.start(workflow::manage, state);
      return Result.STARTED;
    } catch (WorkflowExecutionAlreadyStarted duplicate) {
      return Result.DUPLICATE;
    }
  }

  private static SearchAttributes attributes(PositionId position, EntryTerms terms) {
    return SearchAttributes.newBuilder()
        .set(SearchAttributeKey.forKeyword("Account"), position.account().value())
        .set(SearchAttributeKey.forKeyword("Symbol"), position.instrument().underlying())
        .set(SearchAttributeKey.forKeyword("Instrument"), position.instrument().symbol())
        .set(SearchAttributeKey.forKeyword("Strategy"), terms.strategy().name())
        .set(SearchAttributeKey.forKeyword("PositionState"), Phase.AWAITING_ENTRY.name())
        .build();
  }

  private static String summary(PositionId position, EntryTerms terms) {
    return "%s %s %s in %s, %s"
        .formatted(
            terms.direction(),
            terms.quantity(),
            position.instrument(),
            position.account(),
            terms.strategy());
  }
}
