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

  private final AccountName account;
  private final Runnable starting;
  private final Duration each;
  private final Thread thread;

  private WatchStart(AccountName account, Runnable starting, Duration each) {
    this.account = account;
    this.starting = starting;
    this.each = each;
    thread = Thread.ofVirtual().name("watch-start-" + account).unstarted(this::keepStarted);
  }

  static WatchStart of(WorkflowClient client, AccountName account) {
    return of(account, () -> start(client, account), EACH);
  }

  /**
   * @param starting starts the workflow, or leaves the one that runs alone
   * @param each how long until it is seen to again
   */
  static WatchStart of(AccountName account, Runnable starting, Duration each) {
    WatchStart start = new WatchStart(account, starting, each);
    start.thread.start();
    return start;
  }

  private void keepStarted() {
    try {
      while (true) {
        startOnce();
        Thread.sleep(each);
      }
    } catch (InterruptedException closed) {
      log.debug("{}: closed", account);
    }
  }

  /** Whatever goes wrong is tried again: an account without a watch has only its reviews. */
  private void startOnce() {
    try {
      starting.run();
    } catch (WorkflowException | StatusRuntimeException e) {
      log.warn("{}: its watch cannot be started yet: {}", account, e.getMessage());
    } catch (RuntimeException e) {
      log.error("{}: its watch cannot be started yet", account, e);
    }
  }

  private static void start(WorkflowClient client, AccountName account) {
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
    WorkflowClient.start(watch::keep, account);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
