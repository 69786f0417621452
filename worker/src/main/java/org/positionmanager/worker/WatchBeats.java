package org.positionmanager.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.Map;
import org.positionmanager.workflows.watch.AccountWatchWorkflowImpl;

/**
 * How often the watches of one process say that they live. Each beat is a write of the engine, and
 * an engine on one file does some hundreds of writes a second altogether: where a process serves
 * more accounts than {@value #BEATING_FAST}, their beats together stay at that many a second, and
 * another process takes over from one that died so much later. Several processes with fewer
 * accounts each take over sooner.
 */
final class WatchBeats {
  /** Accounts of one process that beat once a second each. */
  static final int BEATING_FAST = 25;

  private static final String ACTIVITY = "WatchAccount";

  private WatchBeats() {}

  /**
   * After how long without a beat another takes over: the usual time for up to {@value
   * #BEATING_FAST} accounts, in proportion for more.
   *
   * @param accounts that the process serves, not negative
   */
  static Duration timeout(int accounts) {
    int counted = Math.max(accounts, BEATING_FAST);
    return AccountWatchWorkflowImpl.HEARTBEAT_TIMEOUT.multipliedBy(counted).dividedBy(BEATING_FAST);
  }

  /** Has workflows whose tasks are done here hand watches out by that time. */
  static WorkflowImplementationOptions options(Duration timeout) {
    return WorkflowImplementationOptions.newBuilder()
        .setActivityOptions(
            Map.of(ACTIVITY, ActivityOptions.newBuilder().setHeartbeatTimeout(timeout).build()))
        .build();
  }
}
