package org.positionmanager.worker;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

  /** After a failure, unless the next time comes sooner. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final AccountName account;
  private final Runnable starting;
  private final Duration each;
  private final Semaphore asked = new Semaphore(0);
  private Optional<Thread> thread = Optional.empty();

  private WatchStart(AccountName account, Runnable starting, Duration each) {
    this.account = account;
    this.starting = starting;
    this.each = each;
  }

  static WatchStart of(WorkflowClient client, AccountName account) {
    return of(account, () -> begin(client, account), EACH);
  }

  /**
   * @param starting starts the workflow, or leaves the one that runs alone
   * @param each how long until it is seen to again
   */
  static WatchStart of(AccountName account, Runnable starting, Duration each) {
    return new WatchStart(account, starting, each);
  }

  /**
   * @param running whether the workflow is known to run: then the engine need not be asked
   */
  void begin(BooleanSupplier running) {
    thread =
        Optional.of(
            Thread.ofVirtual().name("watch-start-" + account).start(() -> keepStarted(running)));
  }

  private void keepStarted(BooleanSupplier running) {
    try {
      while (true) {
        boolean isStarted = running.getAsBoolean() || startOnce();
        Duration next = isStarted || each.compareTo(RETRY) < 0 ? each : RETRY;
        asked.tryAcquire(next.toMillis(), TimeUnit.MILLISECONDS);
        asked.drainPermits();
      }
    } catch (InterruptedException closed) {
      log.debug("{}: closed", account);
    }
  }

  /** Whatever goes wrong is tried again: an account without a watch has only its reviews. */
  private boolean startOnce() {
    try {
      starting.run();
      return true;
    } catch (WorkflowException | StatusRuntimeException e) {
      log.warn("{}: its watch cannot be started yet: {}", account, e.getMessage());
    } catch (RuntimeException e) {
      log.error("{}: its watch cannot be started yet", account, e);
    }
    return false;
  }

  /** Sees to it now: the engine may have lost it. */
  void now() {
    asked.release();
  }

  /** Begins the workflow unless it runs. */
  private static void begin(WorkflowClient client, AccountName account) {
    AccountWatchWorkflow watch =
        client.newWorkflowStub(
            AccountWatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(AccountWatchWorkflow.id(account))
                .setTaskQueue(account.taskQueue())
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary("watch of account " + account)
                .build());
    try {
      WorkflowClient.start(watch::keep, account);
    } catch (WorkflowExecutionAlreadyStarted running) {
      log.debug("{}: its watch runs", account);
    }
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
