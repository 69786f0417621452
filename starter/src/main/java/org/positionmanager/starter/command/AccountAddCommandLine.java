package org.positionmanager.starter.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm accounts add NAME}. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Registers an account, so that dispatchers' rows of it are taken in. A worker whose",
      "configuration has it registers it too, once its key opens the broker account."
    },
    footer = {
      "",
      "Examples:",
      "  pm accounts add tiny --number PA3ABCDEFGHI --alias tiny-1k --notes 'one contract at most'",
      "  pm accounts add prop --number 847362514 --live --tier funded",
      "",
      "Exit codes: 0 registered; 1 a name or the broker account is taken; 2 bad input;",
      "3 the ledger does not answer."
    })
public final class AccountAddCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and hyphens.")
  private String name;

  @Option(
      names = "--number",
      required = true,
      description = "The broker's account number, against which its keys are checked.")
  private String number;

  @Option(names = "--alias", description = "Another name that rows may have for it; repeatable.")
  private List<String> aliases = List.of();

  @Option(names = "--live", description = "Real money.")
  private boolean live;

  @Option(
      names = "--tier",
      paramLabel = "WORD",
      description = "What kind of account it is, a word for people such as funded or trial.")
  private String tier;

  @Option(names = "--notes", description = "What people should know of it.")
  private String notes;

  @Override
  public Integer call() throws Exception {
    AccountName account = Values.read("NAME", name, AccountName::new);
    Values.requireText("--number", number, "copy it from the broker's dashboard");
    Optional<AccountTier> kind =
        Optional.ofNullable(tier).map(it -> Values.read("--tier", it, AccountTier::new));
    aliases.forEach(it -> Values.requireText("--alias", it, "give a name"));
    try (LedgerDatabase ledger = connections.ledger()) {
      new AccountRegistry(ledger)
          .add(
              new AccountRegistry.Registered(account, aliases, number.strip(), live, kind),
              Optional.ofNullable(notes));
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
    System.out.println(
        "registered %s, broker account %s; add it to the workers' pm.yaml to have it watched"
            .formatted(account, number.strip()));
    return 0;
  }
}
