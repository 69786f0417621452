package org.positionmanager.worker;

import com.google.protobuf.util.Timestamps;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.positionmanager.workflows.identity.AccountName;

/** Which workers serve an account, by those who asked its task queue for work. */
public final class Pollers {
  /** A worker asks for work at least once a minute: its long poll ends by then. */
  static final Duration FRESH = Duration.ofSeconds(75);

  private final WorkflowClient client;
  private final InstantSource clock;
  private final Duration answerWithin;

  /**
   * @param answerWithin how long the engine may take to tell
   */
  public Pollers(WorkflowClient client, InstantSource clock, Duration answerWithin) {
    this.client = client;
    this.clock = clock;
    this.answerWithin = answerWithin;
  }

  /**
   * Identities of the workers that asked within the last 75 seconds; they end in the build id.
   * Empty where the engine cannot tell, as the one in memory.
   *
   * @throws StatusRuntimeException where the engine does not answer
   */
  public Optional<List<String>> of(AccountName account) {
    try {
      return Optional.of(asked(account));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<String> asked(AccountName account) {
    Instant fresh = clock.instant().minus(FRESH);
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadline(Deadline.after(answerWithin.toMillis(), TimeUnit.MILLISECONDS))
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(account.taskQueue()))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersList()
        .stream()
        .filter(
            poller ->
                Instant.ofEpochMilli(Timestamps.toMillis(poller.getLastAccessTime()))
                    .isAfter(fresh))
        .map(PollerInfo::getIdentity)
        .distinct()
        .sorted()
        .toList();
  }
}
