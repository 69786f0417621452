package org.positionmanager.starter.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerLogins;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm database}. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the logins that may use the ledger beside its owner, and the accounts that each sees;",
      "brings the ledger up to date; sets logins up. All of it as the owner: the login whose",
      "DATABASE_URL created the ledger."
    },
    subcommands = {
      DatabaseCommandLine.Migrate.class,
      DatabaseGrantCommandLine.class,
      DatabaseRevokeCommandLine.class
    },
    footer = {
      "",
      "Examples:",
      "  pm database",
      "  pm database migrate",
      "  pm database grant tiny_worker --as worker --account tiny",
      "  pm database revoke tiny_worker",
      "",
      "Exit codes: 0 done; 1 refused or failed; 2 bad input; 3 the ledger does not answer."
    })
public final class DatabaseCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<LedgerLogins.Login> logins;
    try (LedgerDatabase ledger = connections.ledger()) {
      logins = new LedgerLogins(ledger).list();
    }
    if (json) {
      System.out.println(Payloads.mapper().writeValueAsString(logins));
    } else if (logins.isEmpty()) {
      System.out.println("no logins but the owner's; see `pm database grant --help`");
    } else {
      System.out.println(table().of(logins));
    }
    return 0;
  }

  private static Table<LedgerLogins.Login> table() {
    return new Table<LedgerLogins.Login>()
        .words("login", LedgerLogins.Login::name)
        .words("for", it -> it.duty().words())
        .words("sees", DatabaseCommandLine::sees);
  }

  /** The accounts in words for people. */
  static String sees(LedgerLogins.Login login) {
    if (login.duty() != LedgerLogins.Duty.WORKER) {
      return "all accounts";
    }
    return login.accounts().isEmpty()
        ? "no account"
        : String.join(", ", login.accounts().stream().map(AccountName::value).toList());
  }

  /** {@code pm database migrate}. */
  @Command(
      name = "migrate",
      mixinStandardHelpOptions = true,
      description = {
        "Creates the ledger or brings it up to date, and checks it. Workers and intakes with the",
        "owner's login do so when they start; those with a login of their own wait for this."
      },
      footer = {
        "",
        "Exit codes: 0 it is up to date; 1 it cannot be, with what to do; 3 it does not answer."
      })
  static final class Migrate implements Callable<Integer> {
    @Mixin private Connections connections;

    @Override
    public Integer call() throws Exception {
      try (LedgerDatabase ledger = connections.ledger()) {
        List<String> added = ledger.migrate();
        ledger.verify();
        System.out.println(
            added.isEmpty()
                ? "the ledger is up to date"
                : "the ledger was brought to version " + added.getLast());
      } catch (IllegalStateException e) {
        throw CommandException.refused(e.getMessage(), e);
      }
      return 0;
    }
  }
}
