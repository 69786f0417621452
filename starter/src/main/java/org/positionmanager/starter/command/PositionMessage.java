package org.positionmanager.starter.command;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.position.PositionWorkflow;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that say something to one position have in common. */
abstract class PositionMessage implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "ID", description = "Whole id or its beginning.")
  private String id;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who asks (default: ${DEFAULT-VALUE}).")
  private String by;

  /** Says it, and returns the position's answer. */
  abstract Object say(PositionWorkflow position, String commandId, String who);

  /** One line for people. */
  abstract String line(Object answer);

  @Override
  public Integer call() throws Exception {
    PositionId position;
    try (LedgerDatabase ledger = connections.ledger()) {
      position = PositionLookup.find(new LedgerReader(ledger), id);
    }
    WorkflowServiceStubs stubs = connections.temporal();
    try {
      PositionWorkflow workflow =
          connections.client(stubs).newWorkflowStub(PositionWorkflow.class, position.workflowId());
      Object answer = say(workflow, "pm-" + UUID.randomUUID(), by);
      System.out.println(
          json
              ? Payloads.mapper().writeValueAsString(answer)
              : position.instrument() + " in " + position.account() + ": " + line(answer));
      return 0;
    } catch (WorkflowUpdateException refused) {
      Throwable cause = refused.getCause();
      throw new IllegalArgumentException(
          "refused: " + (cause == null ? refused.getMessage() : cause.getMessage()), refused);
    } catch (WorkflowNotFoundException gone) {
      throw new IllegalArgumentException(
          "position " + position + " is not open; see `pm positions --all`", gone);
    } finally {
      stubs.shutdownNow();
    }
  }
}
