package org.positionmanager.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleListDescription;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.sync.AccountSyncWorkflow;

/**
 * What runs in the engine for the accounts of this process, listed for all of them at once: a
 * hundred accounts that each ask every few seconds would keep an engine on one file busy with
 * nothing else. A list may lag: what it does not have has to be asked for by its id.
 */
final class EngineLists {
  /** So old may an answer be. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private static final int PAGE = 1_000;

  private final WorkflowClient client;
  private final Set<AccountName> accounts = ConcurrentHashMap.newKeySet();
  private final SharedList<AccountName, PositionId> positions;
  private final SharedList<AccountName, String> schedules;

  /**
   * @param nanos a clock that never goes back
   */
  EngineLists(WorkflowClient client, LongSupplier nanos) {
    this.client = client;
    positions = new SharedList<>(accounts, of -> positions(client, of), FRESH, nanos);
    schedules = new SharedList<>(accounts, of -> listSchedules(), FRESH, nanos);
  }

  /** Lists the account from now on. */
  void join(AccountName account) {
    accounts.add(account);
  }

  /** Lists the account no more. */
  void leave(AccountName account) {
    accounts.remove(account);
  }

  /**
   * The positions of an account that is listed whose workflows run, as of some seconds ago at most.
   *
   * @throws StatusRuntimeException where the engine did not answer
   */
  Set<PositionId> running(AccountName account) {
    return positions.of(listed -> listed.contains(account)).stream()
        .filter(it -> it.account().equals(account))
        .collect(Collectors.toSet());
  }

  /**
   * Whether the account's sync was scheduled some seconds ago; false too where the engine did not
   * tell.
   */
  boolean hasSchedule(AccountName account) {
    try {
      return schedules.of(listed -> true).contains(AccountSyncWorkflow.id(account));
    } catch (ScheduleException | StatusRuntimeException untold) {
      return false;
    }
  }

  /** The positions of those accounts whose workflows run, as the engine lists them now. */
  static Set<PositionId> positions(WorkflowClient client, Set<AccountName> of) {
    if (of.isEmpty()) {
      return Set.of();
    }
    String names =
        of.stream().map(it -> "'" + it.value() + "'").sorted().collect(Collectors.joining(", "));
    try (Stream<WorkflowExecutionMetadata> running =
        client.listExecutions(
            "WorkflowType = 'PositionWorkflow' and ExecutionStatus = 'Running' and Account in (%s)"
                .formatted(names))) {
      return running
          .flatMap(it -> EngineOfSync.position(it.getExecution().getWorkflowId()).stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return Set.of(); // the engine in memory has no list: each is asked for by its id
      }
      throw e;
    }
  }

  private Set<String> listSchedules() {
    try (Stream<ScheduleListDescription> all = SyncSchedule.schedules(client).listSchedules(PAGE)) {
      return all.map(ScheduleListDescription::getScheduleId)
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
