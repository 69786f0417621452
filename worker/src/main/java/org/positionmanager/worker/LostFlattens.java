package org.positionmanager.worker;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.positionmanager.activities.ledger.FlattenRequests;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;

/**
 * Flattens that were under way when the engine lost them: begun again from what the ledger keeps of
 * them, under the same request, so that doing so twice begins one. What has ended is not.
 */
public final class LostFlattens {
  private static final Predicate<FlattenRequests.Pending> ALL = it -> true;
  private static final Predicate<FlattenRequests.Pending> UNSTOPPED = it -> !it.stopped();

  private final WorkflowClient client;
  private final FlattenRequests ledger;

  public LostFlattens(WorkflowClient client, FlattenRequests ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  private enum Life {
    RUNNING,
    /** Ended by hand: whoever did so wants it to stand still. */
    STOPPED,
    /** It failed, and would again, for ever. */
    FAILED,
    /** Not known, or it came to an end that the ledger does not know of. */
    LOST
  }

  /** What was asked for and nobody carries out; empty where the account's flatten runs. */
  public List<FlattenRequest> find(AccountName account) {
    if (pending(account, ALL).isEmpty() || life(account) == Life.RUNNING) {
      return List.of();
    }
    // read again: an end is kept before the workflow comes to it
    return pending(account, ALL);
  }

  /** Begins again what nobody carries out, also what was stopped by hand. */
  public List<FlattenRequest> beginAgain(AccountName account) {
    return begin(account, find(account));
  }

  /**
   * What a worker does by itself: what was stopped by hand, or failed, stands still until a person
   * has it begun again, or given up by resuming the intake. What was asked for since goes on.
   *
   * @param tell hears of each that is begun again
   */
  void look(AccountName account, Consumer<String> tell) {
    if (pending(account, UNSTOPPED).isEmpty()) {
      return;
    }
    switch (life(account)) {
      case RUNNING -> {}
      case STOPPED -> stands(account, "was stopped by hand", tell);
      case FAILED -> stands(account, "has failed, see its workflow", tell);
      // read again: an end is kept before the workflow comes to it
      case LOST ->
          begin(account, pending(account, UNSTOPPED))
              .forEach(request -> tell.accept("account %s: %s".formatted(account, words(request))));
    }
  }

  private void stands(AccountName account, String why, Consumer<String> tell) {
    ledger.stopped(account);
    tell.accept(
        "account %s: its flatten %s: `pm flatten` or `pm recover` has it go on, `pm resume-intake` gives it up"
            .formatted(account, why));
  }

  private List<FlattenRequest> pending(
      AccountName account, Predicate<FlattenRequests.Pending> which) {
    return ledger.pending(account).stream()
        .filter(which)
        .map(FlattenRequests.Pending::request)
        .toList();
  }

  private List<FlattenRequest> begin(AccountName account, List<FlattenRequest> lost) {
    lost.forEach(request -> FlattenStarts.ask(client, account, request));
    return lost;
  }

  /** In words for people. */
  public static String words(FlattenRequest request) {
    return "the flatten that %s asked for (%s) is begun again"
        .formatted(request.by(), request.reason());
  }

  private Life life(AccountName account) {
    try {
      WorkflowExecutionStatus status =
          client.newUntypedWorkflowStub(FlattenWorkflow.id(account)).describe().getStatus();
      return switch (status) {
        case WORKFLOW_EXECUTION_STATUS_TERMINATED, WORKFLOW_EXECUTION_STATUS_CANCELED ->
            Life.STOPPED;
        case WORKFLOW_EXECUTION_STATUS_FAILED, WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> Life.FAILED;
        case WORKFLOW_EXECUTION_STATUS_COMPLETED -> Life.LOST;
        // whatever else there may come to be, it is not known to be over
        default -> Life.RUNNING;
      };
    } catch (WorkflowNotFoundException gone) {
      return Life.LOST;
    }
  }
}
