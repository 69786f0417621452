package org.positionmanager.starter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerLogins;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm database grant LOGIN}. */
@Command(
    name = "grant",
    mixinStandardHelpOptions = true,
    description = {
      "Sets a login of the server up for the ledger, or grants a worker's further accounts. A",
      "worker's login sees the accounts that it was granted, whatever it asks or sets. The login",
      "itself and its password are made on the server; statements that the owner may not run are",
      "listed for an administrator."
    },
    footer = {
      "",
      "Examples:",
      "  pm database grant tiny_worker --as worker --account tiny",
      "  pm database grant pm_in --as intake",
      "  pm database grant grafana --as reader",
      "",
      "Exit codes: 0 granted; 1 the login cannot be held to it, or rights are missing; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class DatabaseGrantCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "LOGIN", description = "Its name on the server.")
  private String login;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "DUTY",
      description = {
        "worker: serves the accounts that it is granted; intake: takes dispatchers' rows in, of all",
        "accounts; reader: reads everything, changes nothing."
      })
  private LedgerLogins.Duty duty;

  @Option(
      names = "--account",
      description = "An account that a worker serves, by name or alias; repeatable.")
  private List<String> accounts = List.of();

  @Override
  public Integer call() throws Exception {
    Values.requireText("LOGIN", login, "give the login's name");
    if ((duty == LedgerLogins.Duty.WORKER) == accounts.isEmpty()) {
      throw CommandException.badInput(
          accounts.isEmpty()
              ? "--account: a worker's login sees only what it is granted; name at least one"
              : "--account: a login for %s sees all accounts; leave it out"
                  .formatted(duty.words()));
    }
    try (LedgerDatabase ledger = connections.ledger()) {
      List<AccountName> named = new ArrayList<>();
      for (String account : accounts) {
        named.add(Values.account(ledger, account));
      }
      LedgerLogins.Login granted = new LedgerLogins(ledger).grant(login, duty, named);
      System.out.println(
          "login %s is set up for %s: it sees %s"
              .formatted(granted.name(), duty.words(), DatabaseCommandLine.sees(granted)));
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
    return 0;
  }
}
