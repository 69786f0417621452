package org.positionmanager.starter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** {@code pm database revoke LOGIN}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Takes accounts away from a worker's login, or all that a login was set up for. It sees",
      "nothing of them from its next statement on; the login itself stays on the server."
    },
    footer = {
      "",
      "Examples:",
      "  pm database revoke tiny_worker --account tiny",
      "  pm database revoke grafana",
      "",
      "Exit codes: 0 revoked; 1 it was not granted; 2 bad input; 3 the ledger does not answer."
    })
public final class DatabaseRevokeCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "LOGIN", description = "Its name on the server.")
  private String login;

  @Option(
      names = "--account",
      description = "Only this account, by name or alias; repeatable (default: everything).")
  private List<String> accounts = List.of();

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      LedgerLogins logins = new LedgerLogins(ledger);
      if (accounts.isEmpty()) {
        Optional<String> left = logins.revoke(login);
        System.out.println("login %s sees nothing of the ledger any more".formatted(login));
        left.ifPresent(
            statement -> System.out.println("an administrator may also run: " + statement));
        return 0;
      }
      List<AccountName> named = new ArrayList<>();
      for (String account : accounts) {
        named.add(Values.account(ledger, account));
      }
      System.out.println(
          "login %s sees %s"
              .formatted(login, DatabaseCommandLine.sees(logins.revoke(login, named))));
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
    return 0;
  }
}
