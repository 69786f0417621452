package org.positionmanager.workflows.sync;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.activity.FailureReason;
import org.positionmanager.workflows.identity.AccountName;

/** Looks, looks again, puts right, writes down. */
public final class AccountSyncWorkflowImpl implements AccountSyncWorkflow {
  private static final Duration ONE_TRY = Duration.ofSeconds(30);
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(2);

  @Override
  public SyncReport sync(AccountName account) {
    Instant started = now();
    Look first;
    Look second;
    try {
      first = steps("compare broker, ledger and workflows").look(account);
      if (first.found().isEmpty()) {
        return record(account, started, List.of(), 0, Optional.empty());
      }
      Workflow.newTimer(
              Look.BROKER_LAG,
              TimerOptions.newBuilder().setSummary("the broker's lag, then a second look").build())
          .get();
      second = steps("compare again").look(account);
    } catch (ActivityFailure failure) {
      record(account, started, List.of(), 0, Optional.of(FailureReason.of(failure)));
      throw ApplicationFailure.newNonRetryableFailure(
          "nothing could be compared: " + FailureReason.of(failure), "UNREADABLE");
    }
    List<Finding> believed = second.believed(first);
    List<SyncReport.Result> results = new ArrayList<>();
    believed.forEach(finding -> results.add(putRight(account, finding)));
    int unsure = Math.max(first.found().size(), second.found().size()) - believed.size();
    return record(account, started, results, unsure, Optional.empty());
  }

  private static SyncReport.Result putRight(AccountName account, Finding finding) {
    try {
      String done = steps(finding.remedy() + " " + finding.position()).putRight(account, finding);
      return new SyncReport.Result(finding, Optional.of(done), Optional.empty());
    } catch (ActivityFailure failure) {
      return new SyncReport.Result(
          finding, Optional.empty(), Optional.of(FailureReason.of(failure)));
    }
  }

  private static SyncReport record(
      AccountName account,
      Instant started,
      List<SyncReport.Result> results,
      int unsure,
      Optional<String> failure) {
    SyncReport report =
        new SyncReport(
            account, Workflow.getInfo().getRunId(), started, now(), results, unsure, failure);
    steps("write down what was found").recordRun(report);
    return report;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static SyncActivities steps(String summary) {
    return Workflow.newActivityStub(
        SyncActivities.class,
        ActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(ONE_TRY)
            .setScheduleToCloseTimeout(GIVE_UP_AFTER)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(500))
                    .setMaximumInterval(Duration.ofSeconds(10))
                    .build())
            .build());
  }
}
