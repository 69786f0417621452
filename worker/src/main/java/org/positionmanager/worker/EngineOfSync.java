package org.positionmanager.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.positionmanager.activities.sync.SyncEngine;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.sync.EngineView.Life;
import org.positionmanager.workflows.sync.SyncNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporal as a sync needs it. */
public final class EngineOfSync implements SyncEngine {
  private static final Logger log = LoggerFactory.getLogger(EngineOfSync.class);

  private final WorkflowClient client;
  private final Function<AccountName, Set<PositionId>> listed;

  /** Lists what runs whenever it is asked. */
  public EngineOfSync(WorkflowClient client) {
    this(client, account -> EngineLists.positions(client, Set.of(account)));
  }

  /**
   * @param listed an account's positions whose workflows run; it may lag
   */
  EngineOfSync(WorkflowClient client, Function<AccountName, Set<PositionId>> listed) {
    this.client = client;
    this.listed = listed;
  }

  /**
   * Lists what runs; whatever the list does not have, because it lags or because it is gone, is
   * asked for by its id before it counts as lost.
   */
  @Override
  public Map<PositionId, Life> lives(AccountName account, Collection<PositionId> asked) {
    Set<PositionId> running = listed.apply(account);
    Map<PositionId, Life> lives = new HashMap<>();
    for (PositionId position : running) {
      // a list may still have what has ended meanwhile
      lives.put(position, asked.contains(position) ? Life.RUNNING : described(position));
    }
    for (PositionId position : asked) {
      if (!running.contains(position)) {
        lives.put(position, described(position));
      }
    }
    return lives;
  }

  /** Empty for a workflow that somebody gave an id of his own: no position goes by it. */
  static Optional<PositionId> position(String workflowId) {
    try {
      return Optional.of(PositionId.parse(workflowId));
    } catch (IllegalArgumentException other) {
      log.debug("{} is no position's workflow: {}", workflowId, other.getMessage());
      return Optional.empty();
    }
  }

  private Life described(PositionId position) {
    try {
      WorkflowExecutionStatus status =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(
                          WorkflowExecution.newBuilder().setWorkflowId(position.workflowId()))
                      .build())
              .getWorkflowExecutionInfo()
              .getStatus();
      return switch (status) {
        case WORKFLOW_EXECUTION_STATUS_COMPLETED -> Life.ENDED;
        case WORKFLOW_EXECUTION_STATUS_FAILED,
            WORKFLOW_EXECUTION_STATUS_CANCELED,
            WORKFLOW_EXECUTION_STATUS_TERMINATED,
            WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
            Life.BROKEN;
        // whatever else there may come to be, it is not known to be over
        default -> Life.RUNNING;
      };
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Life.ABSENT;
      }
      throw e;
    }
  }

  @Override
  public boolean start(PositionState state, Before before) {
    return PositionStarts.start(
        client,
        state,
        switch (before) {
          case NEVER -> WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
          case BROKEN -> WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY;
          case ENDED -> WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE;
        });
  }

  @Override
  public boolean tell(PositionId position, SyncNotice notice) {
    try {
      stub(position).synced(notice);
      return true;
    } catch (WorkflowNotFoundException over) {
      return false;
    }
  }

  @Override
  public Optional<PositionState> state(PositionId position) {
    if (described(position) != Life.RUNNING) {
      return Optional.empty();
    }
    return Optional.of(stub(position).state());
  }

  private PositionWorkflow stub(PositionId position) {
    return client.newWorkflowStub(PositionWorkflow.class, position.workflowId());
  }
}
