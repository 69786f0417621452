package org.positionmanager.starter.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.worker.FlattenStarts;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.plan.Strategy;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm flatten --account A --confirm A}. */
@Command(
    name = "flatten",
    mixinStandardHelpOptions = true,
    description = {
      "Halts an account's intake and closes all that it holds, the greatest risk first; ends when",
      "the broker is flat. Ctrl-C leaves it going on. The intake stays halted until",
      "`pm resume-intake`."
    },
    footer = {
      "",
      "Examples:",
      "  pm flatten --account large --confirm large",
      "  pm flatten --account large --strategy DAY_TRADE --confirm large --reason 'bad data'",
      "  pm flatten --all-accounts        asks for the name of each",
      "",
      "Exit codes: 0 flat; 1 it ended otherwise; 2 not confirmed, or bad input;",
      "3 engine or ledger does not answer."
    })
public final class FlattenCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @ArgGroup(multiplicity = "1")
  private Which which;

  /** Which accounts are meant. */
  static final class Which {
    @Option(names = "--account", description = "Its name.")
    private String account;

    @Option(names = "--all-accounts", description = "Asks for each account by its name.")
    private boolean all;
  }

  @Option(names = "--confirm", paramLabel = "NAME", description = "The account's name once more.")
  private String confirm;

  @Option(
      names = "--strategy",
      description = "Only positions of ${COMPLETION-CANDIDATES}; all that is held where not given.")
  private Strategy strategy;

  @Option(
      names = "--reason",
      defaultValue = "asked by hand",
      description = "Why, for timelines and the halt (default: ${DEFAULT-VALUE}).")
  private String reason;

  @Mixin private Asker asker;

  @Option(names = "--json", description = "For machines: how it ended, as one JSON array.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Values.requireText("--reason", reason, "say why");
    String by = asker.requiredName();
    List<AccountName> accounts;
    try (LedgerDatabase ledger = connections.ledger()) {
      accounts = which.all ? askedFor(ledger) : List.of(confirmed(ledger));
    }
    if (accounts.isEmpty()) {
      throw CommandException.badInput("no account was confirmed; nothing is flattened");
    }
    try (StopSignal stop = StopSignal.install();
        Connections.Temporal temporal = connections.temporal()) {
      FlattenRequest request =
          new FlattenRequest("pm-" + UUID.randomUUID(), by, reason, Optional.ofNullable(strategy));
      List<FlattenFollower> followers = new ArrayList<>();
      for (AccountName account : accounts) {
        FlattenStarts.ask(temporal.client(), account, request);
        followers.add(new FlattenFollower(temporal.client(), account, this::tell));
      }
      return FlattenFollower.follow(followers, stop, json);
    }
  }

  private void tell(String line) {
    if (!json) {
      System.out.println(line);
    }
  }

  private AccountName confirmed(LedgerDatabase ledger) {
    AccountName name = Values.account(ledger, which.account);
    if (confirm == null) {
      throw CommandException.badInput(
          "--confirm is missing: this closes all that %s holds; repeat its name: --confirm %s"
              .formatted(name, name));
    }
    if (!confirm.equals(name.value())) {
      throw CommandException.badInput(
          "--confirm: '%s' is not the account '%s'; nothing is flattened".formatted(confirm, name));
    }
    return name;
  }

  private List<AccountName> askedFor(LedgerDatabase ledger) throws IOException {
    if (confirm != null) {
      throw CommandException.badInput(
          "--confirm: with --all-accounts each account is asked for; leave it out");
    }
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    List<AccountName> confirmed = new ArrayList<>();
    for (DeskReader.AccountLine account : new DeskReader(ledger).accounts()) {
      if (account.active()) {
        System.err.printf(
            "%s%s, %d positions open: type its name to flatten it, anything else leaves it alone: ",
            account.name(), account.live() ? " (LIVE money)" : "", account.open());
        System.err.flush();
        String answer = answers.readLine();
        if (answer == null) {
          throw CommandException.badInput(
              "nobody answers for %s; run it on a terminal, or use --account and --confirm. Nothing is flattened"
                  .formatted(account.name()));
        }
        if (answer.strip().equals(account.name().value())) {
          confirmed.add(account.name());
        } else {
          System.err.println("left alone: " + account.name());
        }
      }
    }
    return confirmed;
  }
}
