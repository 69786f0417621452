package org.positionmanager.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.watch.AccountWatchWorkflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an account that is served has a watch, also after somebody ended its workflow.
 */
final class WatchStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchStart.class);
  private static final Duration EACH = Duration.ofSeconds(30);

  private final WorkflowClient client;
  private final AccountName account;
  private final Thread thread;

  private WatchStart(WorkflowClient client, AccountName account) {
    this.client = client;
    this.account = account;
    thread = Thread.ofVirtual().name("watch-start-" + account).unstarted(this::keepStarted);
  }

  static WatchStart of(WorkflowClient client, AccountName account) {
    WatchStart start = new WatchStart(client, account);
    start.thread.start();
    return start;
  }

  private void keepStarted() {
    try {
      while (true) {
        startOnce();
        Thread.sleep(EACH);
      }
    } catch (InterruptedException closed) {
      log.debug("{}: closed", account);
    }
  }

  private void startOnce() {
    AccountWatchWorkflow watch =
        client.newWorkflowStub(
            AccountWatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(AccountWatchWorkflow.id(account))
                .setTaskQueue(account.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setStaticSummary("watch of account " + account)
                .build());
    try {
      WorkflowClient.start(watch::keep, account);
    } catch (WorkflowException | StatusRuntimeException e) {
      log.warn("{}: its watch cannot be started yet: {}", account, e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
