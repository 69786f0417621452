package org.positionmanager.worker;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.FlattenState;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;

/** How an account's flatten is asked for, whoever does it. */
public final class FlattenStarts {
  private FlattenStarts() {}

  /** Starts it, or asks the one that runs, which then closes what either asked for. */
  public static void ask(WorkflowClient client, AccountName account, FlattenRequest request) {
    FlattenWorkflow flatten =
        client.newWorkflowStub(
            FlattenWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(FlattenWorkflow.id(account))
                .setTaskQueue(account.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(SearchAttributeKey.forKeyword("Account"), account.value())
                        .build())
                .setStaticSummary(
                    "flatten account %s, asked by %s".formatted(account, request.by()))
                .build());
    BatchRequest both = client.newSignalWithStartRequest();
    both.add(flatten::flatten, FlattenState.asked(account, request));
    both.add(flatten::ask, request);
    client.signalWithStart(both);
  }
}
