package org.positionmanager.starter.command;

import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountHalts;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm halt --account A}. */
@Command(
    name = "halt",
    mixinStandardHelpOptions = true,
    description = {
      "Takes nothing new in for an account until `pm resume-intake`. What is open is watched and",
      "closed by its rules as before; rows that come meanwhile wait."
    },
    footer = {
      "",
      "Examples:",
      "  pm halt --account large --reason 'earnings tonight'",
      "",
      "Exit codes: 0 halted, or was already; 2 bad input; 3 the ledger does not answer."
    })
public final class HaltCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Mixin private HaltAnswer answer;

  @Option(names = "--account", required = true, description = "Its name.")
  private String account;

  @Option(names = "--reason", required = true, description = "Why, for whoever looks.")
  private String reason;

  @Mixin private Asker asker;

  @Override
  public Integer call() throws Exception {
    Values.requireText("--reason", reason, "say why");
    String by = asker.requiredName();
    try (LedgerDatabase ledger = connections.ledger()) {
      AccountName name = Values.account(ledger, account);
      answer.print(name, new AccountHalts(ledger).halt(name, by, reason), "was so already");
    }
    return 0;
  }
}
