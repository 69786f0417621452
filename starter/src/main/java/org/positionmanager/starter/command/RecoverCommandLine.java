package org.positionmanager.starter.command;

import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.FlattenRequests;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.recover.AccountRecovery;
import org.positionmanager.starter.recover.Protection;
import org.positionmanager.starter.recover.ProtectionWait;
import org.positionmanager.starter.recover.Recovered;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.LostFlattens;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.flatten.FlattenRequest;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm recover}. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = "Begins workflows anew that the engine has lost, from ledger and broker.",
    footer = {
      "",
      "For after a workflow was terminated by hand, or Temporal's database was lost: every position",
      "that the ledger has open and no workflow runs for gets its workflow again, under the same id,",
      "with the plan, peak and exits that the ledger has. An order that was sent already is found",
      "by its id and not sent again. Then it waits until everything is covered, as `pm coverage`",
      "shows it. A worker has to run; its watch, schedules and search attributes come back by itself.",
      "A flatten that was under way is begun again after that. A second run changes nothing.",
      "",
      "Examples:",
      "  pm recover --dry-run",
      "  pm recover",
      "  pm recover --account large --within PT10M --json",
      "",
      "Exit codes: 0 everything runs and is covered (--dry-run: there is nothing to do);",
      "1 something is refused or not covered (--dry-run: there is something to do); 2 bad input;",
      "3 engine or ledger does not answer."
    })
public final class RecoverCommandLine implements Callable<Integer> {
  private static final Duration ATTRIBUTES_WITHIN = Duration.ofSeconds(10);

  @Mixin private Connections connections;

  @Option(
      names = "--account",
      description = "Name or alias (default: every account in use or with open positions).")
  private String account;

  @Option(names = "--dry-run", description = "Only says what it would do.")
  private boolean dryRun;

  @Option(
      names = "--within",
      defaultValue = "PT5M",
      description = "How long to wait until everything is covered (default: ${DEFAULT-VALUE}).")
  private Duration within;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /**
   * What is shown of an account.
   *
   * @param flattens that were under way and are begun again
   * @param flattenFailure why its flattens could not be begun again
   * @param protection empty where nobody proves it, because the account is out of use
   */
  record Line(
      Recovered recovered,
      List<FlattenRequest> flattens,
      Optional<String> flattenFailure,
      Optional<Protection> protection) {
    boolean isGood() {
      return recovered.refused().isEmpty()
          && flattenFailure.isEmpty()
          && protection.filter(it -> !it.isWhole()).isEmpty();
    }

    boolean isUntouched() {
      return recovered.lost().isEmpty()
          && recovered.refused().isEmpty()
          && flattens.isEmpty()
          && flattenFailure.isEmpty()
          && protection.filter(it -> !it.compared()).isEmpty();
    }

    String covered() {
      return protection.map(Protection::words).orElse("out of use: nobody proves it");
    }
  }

  /**
   * What became of an account's flattens.
   *
   * @param failure empty where they could be looked for, and were begun
   */
  private record Flattens(List<FlattenRequest> begun, Optional<String> failure) {}

  /** What became of one position that had no running workflow. */
  private record Told(AccountName account, String position, String was, String done, Tone tone) {}

  @Override
  public Integer call() throws Exception {
    try (StopSignal stop = StopSignal.install();
        LedgerDatabase ledger = connections.ledger()) {
      List<DeskReader.AccountLine> accounts = accounts(ledger);
      try (Connections.Temporal temporal = connections.temporal()) {
        List<String> attributes = searchAttributes(temporal);
        List<Line> lines = recover(ledger, temporal.client(), accounts, stop);
        show(lines, attributes);
        boolean isDone =
            dryRun
                ? attributes.isEmpty() && lines.stream().allMatch(Line::isUntouched)
                : lines.stream().allMatch(Line::isGood);
        return isDone ? 0 : CommandException.REFUSED;
      }
    }
  }

  /** What is open in an account that was taken out of use goes on being watched, too. */
  private List<DeskReader.AccountLine> accounts(LedgerDatabase ledger) {
    return account == null
        ? new DeskReader(ledger)
            .accounts().stream().filter(it -> it.active() || it.open() > 0).toList()
        : List.of(Values.account(ledger, "--account", account));
  }

  /** Those that were missing: a workflow cannot be begun with one that the engine lacks. */
  private List<String> searchAttributes(Connections.Temporal temporal) {
    if (dryRun) {
      return temporal.engine().missingSearchAttributes();
    }
    try {
      return temporal.engine().ensureSearchAttributes(ATTRIBUTES_WITHIN);
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }

  private List<Line> recover(
      LedgerDatabase ledger,
      WorkflowClient client,
      List<DeskReader.AccountLine> accounts,
      StopSignal stop)
      throws InterruptedException {
    List<Recovered> recovered = new ArrayList<>();
    Map<AccountName, Flattens> flattens = new LinkedHashMap<>();
    Map<AccountName, Optional<Instant>> since = new LinkedHashMap<>();
    for (DeskReader.AccountLine line : accounts) {
      AccountName name = line.name();
      Recovered one = new AccountRecovery(ledger, client, name, this::tell).run(dryRun);
      recovered.add(one);
      since.put(
          name, one.lost().isEmpty() ? Optional.empty() : Optional.of(Clock.systemUTC().instant()));
    }
    // once the positions of all accounts have their workflows again
    for (DeskReader.AccountLine line : accounts) {
      flattens.put(line.name(), flattens(ledger, client, line.name()));
    }
    ProtectionWait wait =
        new ProtectionWait(ledger, client, since, dryRun ? line -> {} : this::tell);
    Map<AccountName, Protection> protections = dryRun ? wait.look() : wait.await(within, stop);
    return recovered.stream()
        .map(
            it ->
                new Line(
                    it,
                    flattens.get(it.account()).begun(),
                    flattens.get(it.account()).failure(),
                    Optional.ofNullable(protections.get(it.account()))))
        .toList();
  }

  /** What fails for one account is told, and keeps no other from its own. */
  private Flattens flattens(LedgerDatabase ledger, WorkflowClient client, AccountName name) {
    LostFlattens lost = new LostFlattens(client, new FlattenRequests(ledger));
    try {
      List<FlattenRequest> found = dryRun ? lost.find(name) : lost.beginAgain(name);
      found.forEach(
          request ->
              tell(
                  "%s: %s%s"
                      .formatted(name, dryRun ? "to be done: " : "", LostFlattens.words(request))));
      return new Flattens(found, Optional.empty());
    } catch (RuntimeException e) {
      String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
      tell("%s: its flattens cannot be begun again: %s".formatted(name, why));
      return new Flattens(List.of(), Optional.of(why));
    }
  }

  private void tell(String line) {
    System.err.println(line);
  }

  private void show(List<Line> lines, List<String> attributes) throws Exception {
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("dryRun", dryRun);
      answer.put("searchAttributes", attributes);
      answer.put("accounts", lines);
      System.out.println(Payloads.mapper().writeValueAsString(answer));
      return;
    }
    if (!attributes.isEmpty()) {
      System.out.println(
          "search attributes %s: %s"
              .formatted(
                  dryRun ? "to be registered" : "registered", String.join(", ", attributes)));
    }
    if (lines.isEmpty()) {
      System.out.println("no accounts; a worker registers those of its configuration");
      return;
    }
    System.out.println(accounts().of(lines));
    List<Told> told = lines.stream().flatMap(line -> told(line.recovered()).stream()).toList();
    if (!told.isEmpty()) {
      System.out.println();
      System.out.println(positions().of(told));
    } else if (attributes.isEmpty()
        && lines.stream()
            .allMatch(it -> it.flattens().isEmpty() && it.flattenFailure().isEmpty())) {
      System.out.println("nothing to do: every open position has its workflow");
    }
  }

  private Table<Line> accounts() {
    return new Table<Line>()
        .words("account", it -> it.recovered().account().value())
        .number("found", it -> "" + it.recovered().found())
        .number("running", it -> "" + it.recovered().running())
        .number(dryRun ? "to restart" : "restarted", it -> "" + it.recovered().begun())
        .number(
            "refused",
            it -> "" + it.recovered().refused().size(),
            it -> it.recovered().refused().isEmpty() ? Tone.PLAIN : Tone.BAD)
        .words(
            "covered",
            Line::covered,
            it ->
                it.protection()
                    .map(now -> now.isWhole() ? Tone.GOOD : Tone.BAD)
                    .orElse(Tone.FAINT));
  }

  private static List<Told> told(Recovered recovered) {
    List<Told> all = new ArrayList<>();
    recovered
        .lost()
        .forEach(
            it ->
                all.add(
                    new Told(
                        recovered.account(),
                        it.position().toString(),
                        it.was().name(),
                        it.done().words(),
                        Tone.PLAIN)));
    recovered
        .refused()
        .forEach(
            it ->
                all.add(
                    new Told(
                        recovered.account(), it.position(), "", "refused: " + it.why(), Tone.BAD)));
    return all;
  }

  private static Table<Told> positions() {
    return new Table<Told>()
        .words("account", it -> it.account().value())
        .words("position", Told::position)
        .words("workflow was", Told::was)
        .words("now", Told::done, Told::tone);
  }
}
