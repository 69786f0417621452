package org.positionmanager.starter.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm alerts ack ID}. */
@Command(
    name = "ack",
    mixinStandardHelpOptions = true,
    description = {
      "Acknowledges an open alert: it stays open until its cause has ended, and is not delivered",
      "again unless it becomes more urgent."
    },
    footer = {
      "",
      "Examples:",
      "  pm alerts ack 17",
      "  pm alerts ack 17 --note 'broker called' --by ann",
      "  pm alerts ack daily-loss --account large",
      "",
      "Exit codes: 0 done; 1 no open alert goes by that; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class AlertAckCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "ID|KEY", description = "An id as `pm alerts` shows it, or a key.")
  private String alert;

  @Option(names = "--account", description = "Only an alert of this account.")
  private String account;

  @Option(names = "--note", description = "What is known of it.")
  private String note;

  @Option(
      names = "--by",
      defaultValue = "${sys:user.name}",
      description = "Who acknowledges it (default: ${DEFAULT-VALUE}).")
  private String by;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (by.isBlank()) {
      throw CommandException.badInput("--by: is empty; give the name of who acknowledges it");
    }
    try (LedgerDatabase ledger = connections.ledger()) {
      Optional<AccountName> of =
          Optional.ofNullable(account).map(name -> Values.account(ledger, name));
      List<AlertRecord> acknowledged =
          new PostgresAlerts(ledger).acknowledge(alert, of, by, Optional.ofNullable(note));
      if (acknowledged.isEmpty()) {
        throw CommandException.refused(
            "no open alert goes by '%s'; `pm alerts` lists them".formatted(alert), null);
      }
      if (json) {
        System.out.println(Payloads.mapper().writeValueAsString(acknowledged));
      } else {
        acknowledged.forEach(
            it ->
                System.out.println(
                    "acknowledged alert %d of %s: %s"
                        .formatted(
                            it.id(),
                            it.account().map(AccountName::value).orElse("the desk"),
                            it.message())));
      }
    }
    return 0;
  }
}
