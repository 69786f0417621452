package org.positionmanager.starter.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm accounts alias ACCOUNT ALIAS...}. */
@Command(
    name = "alias",
    mixinStandardHelpOptions = true,
    description = "Gives an account further names that rows may have for it, or takes them away.",
    footer = {
      "",
      "Examples:",
      "  pm accounts alias large large-100k",
      "  pm accounts alias large large-100k --remove",
      "",
      "Exit codes: 0 done; 1 a name leads to another account, or is none of this one's;",
      "2 bad input; 3 the ledger does not answer."
    })
public final class AccountAliasCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name, or an alias.")
  private String account;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "ALIAS", description = "Other names.")
  private List<String> aliases;

  @Option(
      names = "--remove",
      description = "Rows of that name are quarantined from now on. One in pm.yaml comes back.")
  private boolean remove;

  @Override
  public Integer call() throws Exception {
    aliases.forEach(it -> Values.requireText("ALIAS", it, "give a name"));
    try (LedgerDatabase ledger = connections.ledger()) {
      AccountRegistry registry = new AccountRegistry(ledger);
      AccountName name = Values.account(ledger, "ACCOUNT", account).name();
      if (remove) {
        aliases.forEach(it -> removed(registry, name, it));
      } else {
        registry.alias(name, aliases);
      }
      System.out.println(
          "aliases of %s: %s"
              .formatted(
                  name,
                  String.join(", ", Values.account(ledger, "ACCOUNT", name.value()).aliases())));
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
    return 0;
  }

  private static void removed(AccountRegistry registry, AccountName name, String alias) {
    if (!registry.unalias(name, alias)) {
      throw CommandException.refused("'%s' is no alias of %s".formatted(alias, name), null);
    }
  }
}
