package org.positionmanager.starter.command;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountHalts;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.flatten.FlattenWorkflow;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm resume-intake --account A}. */
@Command(
    name = "resume-intake",
    mixinStandardHelpOptions = true,
    description = "Takes rows of a halted account in again, those that waited first.",
    footer = {
      "",
      "Refused while the account is being flattened: what came in would be closed at once.",
      "",
      "Examples:",
      "  pm resume-intake --account large",
      "  pm resume-intake --account large --reason 'talked to ann' --json",
      "",
      "Exit codes: 0 resumed, or was not halted; 1 it is being flattened; 2 bad input;",
      "3 engine or ledger does not answer."
    })
public final class ResumeIntakeCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Mixin private HaltAnswer answer;

  @Option(names = "--account", required = true, description = "Its name.")
  private String account;

  @Option(
      names = "--reason",
      defaultValue = "resumed by hand",
      description = "Why, for whoever looks (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Mixin private Asker asker;

  @Override
  public Integer call() throws Exception {
    Values.requireText("--reason", reason, "say why");
    String by = asker.requiredName();
    try (LedgerDatabase ledger = connections.ledger()) {
      AccountName name = Values.account(ledger, account);
      try (Connections.Temporal temporal = connections.temporal()) {
        refuseWhileFlattened(temporal.client(), name);
      }
      answer.print(name, new AccountHalts(ledger).resume(name, by, reason), "it was not halted");
    }
    return 0;
  }

  private static void refuseWhileFlattened(WorkflowClient client, AccountName account) {
    String id = FlattenWorkflow.id(account);
    try {
      WorkflowExecutionStatus status = client.newUntypedWorkflowStub(id).describe().getStatus();
      if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
        throw CommandException.refused(
            "account %s is being flattened (workflow %s): resume it once it is flat"
                .formatted(account, id),
            null);
      }
    } catch (WorkflowNotFoundException never) {
      // never flattened, or so long ago that the engine has forgotten it
    }
  }
}
