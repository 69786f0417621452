package org.positionmanager.starter.command;

import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.positionmanager.starter.CommandException;
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

  @Mixin private Asker asker;

  /** Says it, and returns the position's answer. */
  abstract Object say(PositionWorkflow position, String commandId, String who);

  /** The exit code that the answer deserves. */
  int exitCode(Object answer) {
    return 0;
  }

  /** One line for people. */
  abstract String line(Object answer);

  @Override
  public Integer call() throws Exception {
    PositionId position = PositionLookup.find(connections, id);
    try (Connections.Temporal temporal = connections.temporal()) {
      PositionWorkflow workflow =
          temporal.client().newWorkflowStub(PositionWorkflow.class, position.workflowId());
      Object answer = say(workflow, "pm-" + UUID.randomUUID(), asker.name());
      System.out.println(
          json
              ? Payloads.mapper().writeValueAsString(answer)
              : position.instrument() + " in " + position.account() + ": " + line(answer));
      return exitCode(answer);
    } catch (WorkflowUpdateException refused) {
      Throwable cause = refused.getCause();
      throw CommandException.refused(
          "refused: " + (cause == null ? refused.getMessage() : plain(cause)), refused);
    } catch (WorkflowUpdateTimeoutOrCancelledException late) {
      throw CommandException.unreachable(
          "position %s did not answer: is a worker of account %s running? See `pm accounts`"
              .formatted(position, position.account()),
          late);
    } catch (WorkflowNotFoundException gone) {
      throw CommandException.badInput(
          "position " + position + " is not open; see `pm positions --all`");
    }
  }

  private static String plain(Throwable cause) {
    return cause instanceof ApplicationFailure failure
        ? failure.getOriginalMessage()
        : cause.getMessage();
  }
}
