package org.positionmanager.starter.command;

import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;

/** Which workers serve an account, by those who asked its task queue for work. */
final class Pollers {
  /** A worker asks for work at least once a minute: its long poll ends by then. */
  private static final Duration FRESH = Duration.ofSeconds(75);

  private Pollers() {}

  /**
   * Identities of the workers that asked within the last 75 seconds; they end in the build id.
   * Empty where the engine cannot tell, as the one in memory.
   */
  static Optional<List<String>> of(Connections.Temporal temporal, AccountName account) {
    try {
      return Optional.of(asked(temporal, account));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<String> asked(Connections.Temporal temporal, AccountName account) {
    Instant fresh = Clock.systemUTC().instant().minus(FRESH);
    return temporal
        .stubs()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(temporal.client().getOptions().getNamespace())
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
