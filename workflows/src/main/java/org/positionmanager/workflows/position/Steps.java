package org.positionmanager.workflows.position;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.positionmanager.workflows.activity.ArmingActivities;
import org.positionmanager.workflows.activity.EntryActivities;
import org.positionmanager.workflows.activity.ExitActivities;
import org.positionmanager.workflows.activity.LedgerActivities;
import org.positionmanager.workflows.activity.MarketActivities;
import org.positionmanager.workflows.activity.Persistent;
import org.positionmanager.workflows.activity.PlanActivities;

/**
 * The activities with their limits. Reads are tried again by the engine for as long as the caller
 * has patience; every stub says in the Temporal UI what the step is for.
 */
final class Steps {
  private static final Duration ONE_TRY = Duration.ofSeconds(15);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);

  private Steps() {}

  /** Gives up after a while: what keeps an entry from being found is told to people. */
  static EntryActivities entry(String summary) {
    return Workflow.newActivityStub(
        EntryActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(GIVE_UP_AFTER)
            .build());
  }

  /** Gives up after a while: a review that cannot read says so and comes again. */
  static MarketActivities market(String summary) {
    return Workflow.newActivityStub(
        MarketActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(Duration.ofSeconds(30))
            .build());
  }

  /** Gives up soon: until the watch could be told, the reviews protect. */
  static ArmingActivities arming(String summary) {
    return Workflow.newActivityStub(
        ArmingActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(Duration.ofSeconds(3))
            .setScheduleToCloseTimeout(Duration.ofSeconds(5))
            .build());
  }

  /** Gives up soon: what is held is better protected by the shipped plan than by none. */
  static PlanActivities plans(String summary) {
    return Workflow.newActivityStub(
        PlanActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(ONE_TRY)
            .build());
  }

  /** Gives up after a while: what keeps an exit from going on is told to people. */
  static ExitActivities exit(String summary) {
    return Workflow.newActivityStub(
        ExitActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(GIVE_UP_AFTER)
            .build());
  }

  /**
   * One try, and not long after it was decided: what was read before may not hold any more. No
   * answer by then is an unknown outcome, after which everything is read again.
   */
  static ExitActivities submission(String summary) {
    return Workflow.newActivityStub(
        ExitActivities.class,
        ActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(ONE_TRY.plusSeconds(5))
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  /**
   * Waits on the broker for as long as told; a worker that dies meanwhile is noticed by the missing
   * heartbeat.
   */
  static ExitActivities patientExit(String summary, Duration patience) {
    return Workflow.newActivityStub(
        ExitActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(patience.plus(ONE_TRY))
            .setScheduleToCloseTimeout(patience.plus(GIVE_UP_AFTER).multipliedBy(2))
            .setHeartbeatTimeout(Duration.ofSeconds(20))
            .build());
  }

  /** Writes until it is written. */
  static LedgerActivities ledger(String summary) {
    return Workflow.newActivityStub(
        LedgerActivities.class,
        Persistent.options(summary).setStartToCloseTimeout(ONE_TRY).build());
  }

  /** Gives up after a while: what only waits for records ends without them. */
  static LedgerActivities ledgerForAWhile(String summary) {
    return Workflow.newActivityStub(
        LedgerActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(GIVE_UP_AFTER)
            .build());
  }

  /** Writes if the ledger answers soon: an exit does not wait for its records. */
  static LedgerActivities ledgerSoon(String summary) {
    return Workflow.newActivityStub(
        LedgerActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(Duration.ofSeconds(2))
            .setScheduleToCloseTimeout(Duration.ofSeconds(3))
            .build());
  }
}
