package org.positionmanager.workflows.flatten;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.positionmanager.workflows.activity.Persistent;

/** A flatten's activities with their limits; each says in the Temporal UI what it is for. */
final class FlattenSteps {
  private static final Duration ONE_TRY = Duration.ofSeconds(15);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);

  /** A position answers within 20 s whatever becomes of it; the rest is for a loaded machine. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(45);

  private FlattenSteps() {}

  /** Gives up after a while: what keeps a flatten from going on is told to people. */
  static FlattenActivities now(String summary) {
    return stub(summary, ONE_TRY, GIVE_UP_AFTER);
  }

  /** Gives up soon: telling people must not keep anything from being closed. */
  static FlattenActivities soon(String summary) {
    return stub(summary, Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  /**
   * Waits for a position's answer; a worker that dies meanwhile is noticed by the missing
   * heartbeat.
   */
  static FlattenActivities patient(String summary) {
    return Workflow.newActivityStub(
        FlattenActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(ANSWER_WITHIN)
            .setScheduleToCloseTimeout(ANSWER_WITHIN.multipliedBy(3))
            .setHeartbeatTimeout(Duration.ofSeconds(10))
            .build());
  }

  private static FlattenActivities stub(String summary, Duration oneTry, Duration giveUpAfter) {
    return Workflow.newActivityStub(
        FlattenActivities.class,
        Persistent.options(summary)
            .setStartToCloseTimeout(oneTry)
            .setScheduleToCloseTimeout(giveUpAfter)
            .build());
  }
}
