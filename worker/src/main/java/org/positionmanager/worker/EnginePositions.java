package org.positionmanager.worker;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.positionmanager.activities.trading.PositionWorkflows;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.CloseAnswer;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.position.PositionWorkflow;

/** Positions' workflows in the engine. */
final class EnginePositions implements PositionWorkflows {
  private final WorkflowClient client;

  EnginePositions(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public void start(PositionState state) {
    PositionStarts.start(
        client, state, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
  }

  @Override
  public CloseAnswer close(PositionId position, CloseCommand command, Runnable beat)
      throws NoWorkflow, Refused {
    PositionWorkflow workflow =
        client.newWorkflowStub(PositionWorkflow.class, position.workflowId());
    FutureTask<CloseAnswer> answer = new FutureTask<>(() -> workflow.close(command));
    Thread.ofVirtual().name("close " + position).start(answer);
    try {
      while (true) {
        beat.run();
        try {
          return answer.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException notYet) {
          continue;
        }
      }
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a position was asked to close", stopped);
    } finally {
      answer.cancel(true);
    }
  }

  private static RuntimeException failure(Throwable cause) throws NoWorkflow, Refused {
    switch (cause) {
      case WorkflowNotFoundException gone -> throw new NoWorkflow(gone);
      case WorkflowUpdateException refused -> throw new Refused(words(refused), refused);
      case RuntimeException other -> {
        return other;
      }
      default -> {
        return new IllegalStateException(cause);
      }
    }
  }

  private static String words(WorkflowUpdateException refused) {
    return refused.getCause() instanceof ApplicationFailure said
        ? said.getOriginalMessage()
        : String.valueOf(refused.getMessage());
  }
}
