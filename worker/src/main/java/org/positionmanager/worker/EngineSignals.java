package org.positionmanager.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import org.positionmanager.activities.watch.WorkflowSignals;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.PositionWorkflow;
import org.positionmanager.workflows.watch.ExitSent;
import org.positionmanager.workflows.watch.WatchBlind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells positions' workflows what their account's watch has done, by Signal. */
final class EngineSignals implements WorkflowSignals {
  private static final Logger log = LoggerFactory.getLogger(EngineSignals.class);

  private final WorkflowClient client;

  EngineSignals(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public boolean exitSent(PositionId position, ExitSent sent) throws EngineUnreachable {
    try {
      client.newWorkflowStub(PositionWorkflow.class, position.workflowId()).exitSent(sent);
      return true;
    } catch (WorkflowNotFoundException over) {
      log.warn("{}: no workflow is there to be told of exit {}", position, sent.exit());
      return false;
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw new EngineUnreachable(e);
    }
  }

  @Override
  public void watchBlind(PositionId position, WatchBlind news) throws EngineUnreachable {
    try {
      client.newWorkflowStub(PositionWorkflow.class, position.workflowId()).watchBlind(news);
    } catch (WorkflowNotFoundException over) {
      log.debug("{}: no workflow is there to be told that it has no quote", position);
    } catch (WorkflowServiceException | StatusRuntimeException e) {
      throw new EngineUnreachable(e);
    }
  }
}
