package org.positionmanager.worker;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;

/** How a position's workflow is started, whoever does it. */
public final class PositionStarts {
  private PositionStarts() {}

  /**
   * Starts the workflow unless one with the position's id runs, or ran in a way that the policy
   * does not allow.
   *
   * @return whether this call started it
   */
  public static boolean start(
      WorkflowClient client, PositionState state, WorkflowIdReusePolicy afterOneThatRan) {
    PositionId position = state.id();
    PositionWorkflow workflow =
        client.newWorkflowStub(
            PositionWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(position.workflowId())
                .setTaskQueue(position.account().taskQueue())
                .setWorkflowIdReusePolicy(afterOneThatRan)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(attributes(state))
                .setStaticSummary(summary(position, state.terms()))
                .build());
    try {
      WorkflowClient.start(workflow::manage, state);
      return true;
    } catch (WorkflowExecutionAlreadyStarted duplicate) {
      return false;
    }
  }

  private static SearchAttributes attributes(PositionState state) {
    PositionId position = state.id();
    return SearchAttributes.newBuilder()
        .set(SearchAttributeKey.forKeyword("Account"), position.account().value())
        .set(SearchAttributeKey.forKeyword("Symbol"), position.instrument().underlying())
        .set(SearchAttributeKey.forKeyword("Instrument"), position.instrument().symbol())
        .set(SearchAttributeKey.forKeyword("Strategy"), state.terms().strategy().name())
        .set(SearchAttributeKey.forKeyword("PositionState"), state.phase().name())
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
