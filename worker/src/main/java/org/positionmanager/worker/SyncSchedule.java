package org.positionmanager.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.sync.AccountSyncWorkflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that an account that is served has its schedule {@code sync/{account}}, as the
 * configuration says; where a server has no schedules, a cron workflow of the same id does it.
 * Whether somebody paused the schedule stays as it is.
 */
public final class SyncSchedule {
  private static final Logger log = LoggerFactory.getLogger(SyncSchedule.class);

  /** What was missed for longer than this, while no server ran, is not made up for. */
  private static final Duration CATCH_UP = Duration.ofMinutes(5);

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** Each begins up to this part of the interval later than it should. */
  private static final int JITTER_IS_ONE_OF = 20;

  private static final Duration LONGEST_RUN = Duration.ofMinutes(30);

  private final WorkflowClient client;
  private final AccountName account;

  public SyncSchedule(WorkflowClient client, AccountName account) {
    this.client = client;
    this.account = account;
  }

  /**
   * Creates or updates it.
   *
   * @param every between two syncs
   * @throws IllegalStateException where the engine did not answer: it stays as it was
   */
  void ensure(Duration every) {
    try {
      schedules(client)
          .createSchedule(
              AccountSyncWorkflow.id(account),
              schedule(every),
              ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    } catch (ScheduleAlreadyRunningException there) {
      update(every);
    } catch (ScheduleException | StatusRuntimeException e) {
      if (isUnimplemented(e)) {
        startCron(every);
      } else {
        throw new IllegalStateException("the engine did not schedule it: " + said(e), e);
      }
    }
  }

  /**
   * Creates it where it is gone, as after the engine's database was lost; one that is there stays
   * as it is.
   *
   * @param every between two syncs
   * @throws IllegalStateException where the engine did not answer: it stays as it was
   */
  void keep(Duration every) {
    if (!isThere()) {
      ensure(every);
    }
  }

  /**
   * Whether it is there; where a server has no schedules, whether the cron workflow runs.
   *
   * @throws IllegalStateException where the engine did not answer
   */
  public boolean isThere() {
    try {
      handle().describe();
      return true;
    } catch (ScheduleException | StatusRuntimeException e) {
      if (status(e) == Status.Code.NOT_FOUND) {
        return false;
      }
      if (isUnimplemented(e)) {
        return isCronRunning();
      }
      throw new IllegalStateException("the engine did not say whether it is there: " + said(e), e);
    }
  }

  private boolean isCronRunning() {
    try {
      return client.newUntypedWorkflowStub(AccountSyncWorkflow.id(account)).describe().getStatus()
          == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException gone) {
      return false;
    } catch (WorkflowException | StatusRuntimeException e) {
      throw new IllegalStateException("the engine did not say whether it runs: " + said(e), e);
    }
  }

  private void update(Duration every) {
    try {
      handle()
          .update(
              was ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(schedule(every))
                          .setState(was.getDescription().getSchedule().getState())
                          .build()));
    } catch (ScheduleException | StatusRuntimeException e) {
      throw new IllegalStateException("the engine did not schedule it anew: " + said(e), e);
    }
  }

  private Schedule schedule(Duration every) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(AccountSyncWorkflow.class)
                .setArguments(account)
                .setOptions(options().build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(every, placeIn(every))))
                .setCalendars(List.of(atTheClose()))
                .setJitter(every.dividedBy(JITTER_IS_ONE_OF))
                .setTimeZoneName("America/New_York")
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(CATCH_UP)
                .build())
        .build();
  }

  /**
   * An account's own moment within a period, so that not all accounts ask broker, engine and ledger
   * at once; the same whoever schedules it.
   */
  private Duration placeIn(Duration period) {
    return Duration.ofSeconds(Math.floorMod(account.value().hashCode(), period.toSeconds()));
  }

  /** A minute after the usual close, when the last orders are settled, Monday to Friday. */
  private ScheduleCalendarSpec atTheClose() {
    return ScheduleCalendarSpec.newBuilder()
        .setHour(List.of(new ScheduleRange(16)))
        .setMinutes(List.of(new ScheduleRange(1)))
        .setSeconds(List.of(new ScheduleRange((int) placeIn(A_MINUTE).toSeconds())))
        .setDayOfWeek(List.of(new ScheduleRange(1, 5)))
        .setComment("after the close")
        .build();
  }

  private WorkflowOptions.Builder options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(AccountSyncWorkflow.id(account))
        .setTaskQueue(account.taskQueue())
        .setWorkflowRunTimeout(LONGEST_RUN)
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(SearchAttributeKey.forKeyword("Account"), account.value())
                .build())
        .setStaticSummary("sync of account " + account)
        // the SDK cannot describe, and so not update, a schedule that has one without the other
        .setStaticDetails(
            "Compares broker, ledger, workflows and watch, and puts right what differs.");
  }

  private void startCron(Duration every) {
    AccountSyncWorkflow sync =
        client.newWorkflowStub(
            AccountSyncWorkflow.class,
            options()
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setCronSchedule("@every " + every.toSeconds() + "s")
                .build());
    try {
      WorkflowClient.start(sync::sync, account);
    } catch (WorkflowExecutionAlreadyStarted there) {
      log.debug("{}: its sync runs by cron already", account);
    } catch (WorkflowException | StatusRuntimeException e) {
      throw new IllegalStateException("the engine did not start it: " + said(e), e);
    }
  }

  /**
   * Ends the schedule; without effect where there is none.
   *
   * @return whether there was one
   */
  public boolean remove() {
    return ended(
        schedule -> {
          schedule.delete();
          return true;
        });
  }

  /**
   * Ends the schedule unless it is paused: then it begins nothing, and whoever paused it would find
   * it running when it is made anew. Without effect where there is none.
   *
   * @return whether it was ended
   */
  boolean removeUnlessPaused() {
    return ended(
        schedule -> {
          boolean paused = schedule.describe().getSchedule().getState().isPaused();
          if (!paused) {
            schedule.delete();
          }
          return !paused;
        });
  }

  private boolean ended(Predicate<ScheduleHandle> ending) {
    try {
      return ending.test(handle());
    } catch (ScheduleException | StatusRuntimeException e) {
      if (status(e) == Status.Code.NOT_FOUND || isUnimplemented(e)) {
        return false;
      }
      throw e;
    }
  }

  private ScheduleHandle handle() {
    return schedules(client).getHandle(AccountSyncWorkflow.id(account));
  }

  static ScheduleClient schedules(WorkflowClient client) {
    return ScheduleClient.newInstance(
        client.getWorkflowServiceStubs(),
        ScheduleClientOptions.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setDataConverter(client.getOptions().getDataConverter())
            .setIdentity(client.getOptions().getIdentity())
            .build());
  }

  private static boolean isUnimplemented(RuntimeException e) {
    return status(e) == Status.Code.UNIMPLEMENTED;
  }

  /** What the engine said: the SDK's own words are the same whatever it was. */
  private static String said(RuntimeException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static Status.Code status(RuntimeException e) {
    for (Throwable it = e; it != null; it = it.getCause()) {
      if (it instanceof StatusRuntimeException grpc) {
        return grpc.getStatus().getCode();
      }
    }
    return Status.Code.UNKNOWN;
  }
}
