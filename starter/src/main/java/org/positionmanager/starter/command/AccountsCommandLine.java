package org.positionmanager.starter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm accounts}. */
@Command(
    name = "accounts",
    mixinStandardHelpOptions = true,
    description =
        "Lists the registered accounts and the workers that serve them; registers and changes them.",
    subcommands = {
      AccountShowCommandLine.class,
      AccountAddCommandLine.class,
      AccountAliasCommandLine.class,
      AccountCheckCommandLine.class,
      AccountUseCommandLine.Activate.class,
      AccountUseCommandLine.Deactivate.class
    },
    footer = {
      "",
      "Examples:",
      "  pm accounts",
      "  pm accounts --json",
      "  pm accounts show large-100k",
      "  pm accounts add tiny --number PA3ABCDEFGHI --alias tiny-1k",
      "  pm accounts check",
      "  pm accounts deactivate tiny",
      "",
      "Exit codes: 0 done; 3 engine or ledger does not answer."
    })
public final class AccountsCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /** An account and the identities of its workers; empty where the engine cannot tell. */
  record Served(DeskReader.AccountLine account, Optional<List<String>> workers) {
    String names() {
      return workers
          .map(names -> names.isEmpty() ? "NONE" : String.join("\n", names))
          .orElse("cannot be told");
    }

    Tone tone() {
      boolean unserved = workers.filter(List::isEmpty).isPresent() && account.active();
      return unserved ? Tone.BAD : Tone.PLAIN;
    }
  }

  @Override
  public Integer call() throws Exception {
    List<Served> accounts = new ArrayList<>();
    try (LedgerDatabase ledger = connections.ledger();
        Connections.Temporal temporal = connections.temporal()) {
      for (DeskReader.AccountLine account : new DeskReader(ledger).accounts()) {
        accounts.add(new Served(account, temporal.pollers().of(account.name())));
      }
    }
    if (json) {
      System.out.println(Payloads.mapper().writeValueAsString(accounts));
    } else if (accounts.isEmpty()) {
      System.out.println("no accounts; a worker registers those of its configuration");
    } else {
      System.out.println(table().of(accounts));
    }
    return 0;
  }

  private static Table<Served> table() {
    return new Table<Served>()
        .words("account", it -> it.account().name().value())
        .words("aliases", it -> String.join(", ", it.account().aliases()))
        .words("broker account", it -> it.account().brokerNumber())
        .words(
            "money",
            it -> it.account().live() ? "LIVE" : "paper",
            it -> it.account().live() ? Tone.WARNING : Tone.PLAIN)
        .words("tier", it -> it.account().tier().map(AccountTier::word).orElse(""))
        .words("active", it -> it.account().active() ? "yes" : "no")
        .words(
            "intake",
            it -> it.account().intake(),
            it -> it.account().keepsOut() ? Tone.WARNING : Tone.PLAIN)
        .number("open", it -> "" + it.account().open())
        .number("closed", it -> "" + it.account().closed())
        .number(
            "realised",
            it -> it.account().realised().toString(),
            it -> Tone.of(it.account().realised().amount()))
        .number(
            "alerts",
            it -> "" + it.account().alerts(),
            it -> it.account().alerts() > 0 ? Tone.WARNING : Tone.PLAIN)
        .words("workers", Served::names, Served::tone);
  }
}
