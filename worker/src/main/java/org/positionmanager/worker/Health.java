package org.positionmanager.worker;

import com.google.protobuf.util.Timestamps;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Whether this worker gets anything done, account by account. A process that runs but is not heard
 * by the engine, or whose activities only fail, is not healthy.
 */
final class Health {
  /** A worker asks for work at least once a minute: its long poll ends by then. */
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(75);

  private static final long ANSWER_WITHIN_SECONDS = 3;

  private final WorkflowClient client;
  private final InstantSource clock;

  Health(WorkflowClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** The whole worker: healthy only if every account is. */
  record Report(boolean healthy, String build, List<Account> accounts) {
    Report {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * One account.
   *
   * @param trouble why it is not healthy; empty where it is
   * @param lastProgress when an activity last succeeded
   * @param done activities that succeeded since the start
   */
  record Account(
      String account,
      boolean healthy,
      Optional<String> trouble,
      Optional<Instant> lastProgress,
      long done,
      long failed) {}

  Report report(List<AccountService> services, List<Configuration.Unserved> unserved) {
    List<Account> accounts =
        Stream.concat(
                services.stream().map(this::account),
                unserved.stream()
                    .map(
                        it ->
                            new Account(
                                it.name().value(),
                                false,
                                Optional.of(String.join("; ", it.reasons())),
                                Optional.empty(),
                                0,
                                0)))
            .toList();
    return new Report(accounts.stream().allMatch(Account::healthy), BuildId.current(), accounts);
  }

  private Account account(AccountService service) {
    Optional<String> trouble = trouble(service);
    return new Account(
        service.account().name().value(),
        trouble.isEmpty(),
        trouble,
        service.progress().lastDone(),
        service.progress().done(),
        service.progress().failed());
  }

  private Optional<String> trouble(AccountService service) {
    return switch (service.state()) {
      case AccountService.State.Connecting(String why) -> Optional.of("not served yet: " + why);
      case AccountService.State.Refused(String why) -> Optional.of("not served: " + why);
      case AccountService.State.Closed closed -> Optional.of("stopped");
      case AccountService.State.Serving serving ->
          notHeard(service.account().name())
              .or(
                  () ->
                      service
                          .progress()
                          .lastFailure()
                          .map(it -> "its last activity failed: " + it));
    };
  }

  private Optional<String> notHeard(AccountName account) {
    try {
      Instant since = clock.instant().minus(HEARD_WITHIN);
      boolean heard =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withDeadline(Deadline.after(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS))
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(account.taskQueue()))
                      .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                      .build())
              .getPollersList()
              .stream()
              .filter(it -> it.getIdentity().equals(client.getOptions().getIdentity()))
              .anyMatch(
                  it ->
                      Instant.ofEpochMilli(Timestamps.toMillis(it.getLastAccessTime()))
                          .isAfter(since));
      return heard
          ? Optional.empty()
          : Optional.of(
              "the engine has not been asked for work for " + HEARD_WITHIN.toSeconds() + " s");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        // the engine in memory cannot tell who asks for work
        return Optional.empty();
      }
      return Optional.of("the engine does not answer: " + e.getStatus().getCode());
    }
  }
}
