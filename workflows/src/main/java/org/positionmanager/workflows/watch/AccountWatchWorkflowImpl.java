package org.positionmanager.workflows.watch;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.positionmanager.workflows.activity.WatchActivities;
import org.positionmanager.workflows.identity.AccountName;

/** Hands the watch from worker to worker. */
public final class AccountWatchWorkflowImpl implements AccountWatchWorkflow {
  /**
   * A worker that does not beat for so long has lost the watch. With a beat a second and what it
   * takes to load, another protects within 5 s. A worker of many accounts hands watches out by a
   * longer one.
   */
  public static final Duration HEARTBEAT_TIMEOUT = Duration.ofMillis(2_500);

  /** However often the watch changed hands before, the next holder begins so soon. */
  private static final Duration LONGEST_GAP = Duration.ofMillis(250);

  private static final Duration LONGEST_TERM = Duration.ofDays(1);

  @Override
  public void keep(AccountName account) {
    WatchActivities watches =
        Workflow.newActivityStub(
            WatchActivities.class,
            ActivityOptions.newBuilder()
                .setSummary("watch " + account)
                .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
                .setStartToCloseTimeout(LONGEST_TERM.plusHours(1))
                .setRetryOptions(
                    RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(100))
                        .setBackoffCoefficient(1.5)
                        .setMaximumInterval(LONGEST_GAP)
                        .build())
                .build());
    while (!Workflow.getInfo().isContinueAsNewSuggested()) {
      watches.watchAccount(account, LONGEST_TERM);
    }
    Workflow.continueAsNew(account);
  }
}
