package org.positionmanager.starter.command;

import io.temporal.client.WorkflowClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountHalts;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.IntakeAdmission;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.intake.PositionStarter;
import org.positionmanager.workflows.broker.BrokerOrderId;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.instrument.Instrument;
import org.positionmanager.workflows.instrument.OptionContract;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.EntryTerms;
import org.positionmanager.workflows.plan.Strategy;
import org.positionmanager.workflows.position.PositionState;
import org.positionmanager.workflows.value.Direction;
import org.positionmanager.workflows.value.Price;
import org.positionmanager.workflows.value.Quantity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm open ACCOUNT INSTRUMENT}. */
@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description = "Looks after a holding or an entry order that no dispatcher recorded.",
    footer = {
      "",
      "Its plan is the default one for strategy and instrument, from the broker's average entry, and",
      "it acts at once: a holding beyond its stop or target is closed. With --paused no rule acts",
      "until `pm resume`, so that there is time to look at it and to adjust it.",
      "",
      "Examples:",
      "  pm open large NOW260220P00110000 --holding --paused",
      "  pm open tiny F --order 61e69015-8549-4bfd-b9c3-01e75843f47d --strategy stock --stop 11.70",
      "",
      "An account whose limits are a gate takes an order in only where it has room; a holding always.",
      "",
      "Exit codes: 0 looked after; 1 it is already, or the account is halted or without room;",
      "2 bad input; 3 engine or ledger does not answer."
    })
public final class OpenCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Name or alias.")
  private String account;

  @Parameters(
      index = "1",
      paramLabel = "INSTRUMENT",
      description = "Stock symbol or OCC symbol of the contract.")
  private String instrument;

  @ArgGroup(multiplicity = "1")
  private What what;

  /** What there is to look after. */
  static final class What {
    @Option(names = "--holding", description = "What the account holds of it now.")
    private boolean holding;

    @Option(names = "--order", paramLabel = "ID", description = "An entry order at the broker.")
    private String order;
  }

  @Option(
      names = "--strategy",
      defaultValue = "SWING_TRADE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Strategy strategy;

  @Option(names = "--short", description = "The holding is a short one.")
  private boolean isShort;

  @Option(names = "--stop", description = "Stop price; stocks only, for options see `pm adjust`.")
  private String stop;

  @Option(names = "--target", description = "Target price; stocks only.")
  private String target;

  @Option(names = "--max-hold", description = "Longest time to hold, such as PT6H.")
  private Duration maxHold;

  @Option(names = "--paused", description = "No rule acts before `pm resume`.")
  private boolean paused;

  @Option(
      names = "--beside",
      description = "Although a position in the same instrument is looked after already.")
  private boolean beside;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Instrument of = Values.read("INSTRUMENT", instrument, Instrument::parse);
    if (of instanceof OptionContract && (stop != null || target != null)) {
      throw CommandException.badInput(
          "--stop and --target: an option is judged on its premium by its plan; leave them out and use `pm adjust` once it is open");
    }
    EntryTerms terms = terms();
    PositionId position;
    try (LedgerDatabase ledger = connections.ledger()) {
      position = new PositionId(registered(ledger), of, execution());
      refuseWhileHalted(ledger, position.account());
      if (!what.holding) {
        refuseWithoutRoom(ledger, position);
      }
      refuseSecondWatcher(ledger, position);
    }
    try (Connections.Temporal temporal = connections.temporal()) {
      return start(temporal.client(), position, terms);
    }
  }

  private EntryTerms terms() {
    return new EntryTerms(
        strategy,
        isShort ? Direction.SHORT : Direction.LONG,
        Quantity.ZERO,
        Clock.systemUTC().instant(),
        Optional.ofNullable(what.order).map(BrokerOrderId::new),
        Optional.empty(),
        Optional.ofNullable(stop).map(it -> Values.read("--stop", it, Price::parse)),
        Optional.ofNullable(target).map(it -> Values.read("--target", it, Price::parse)),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(maxHold),
        what.holding);
  }

  private AccountName registered(LedgerDatabase ledger) {
    AccountRegistry registry = new AccountRegistry(ledger);
    return registry
        .resolve(account)
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "ACCOUNT: '%s' is not registered; use one of %s"
                        .formatted(
                            account, registry.list().stream().map(it -> it.name()).toList())));
  }

  /** The same order is the same execution, however often it is opened. */
  private UUID execution() {
    return what.order == null
        ? UUID.randomUUID()
        : UUID.nameUUIDFromBytes(("order/" + what.order).getBytes(StandardCharsets.UTF_8));
  }

  /** Who halted it wants nothing new in it, by whomever. */
  private static void refuseWhileHalted(LedgerDatabase ledger, AccountName name) {
    new AccountHalts(ledger)
        .haltOf(name)
        .ifPresent(
            halt -> {
              throw CommandException.refused(
                  "account %s is %s; `pm resume-intake --account %s` lets it take new positions in"
                      .formatted(name, halt.words(), name),
                  null);
            });
  }

  /** What is held has to be watched, whatever the limits are; a new one needs room. */
  private static void refuseWithoutRoom(LedgerDatabase ledger, PositionId position) {
    new IntakeAdmission(ledger)
        .refusal(position.account(), position.instrument())
        .ifPresent(
            why -> {
              throw CommandException.refused(
                  "account %s takes no new position in: %s; close one or raise the limit in the workers' configuration; once the order is filled, `pm open %s %s --holding` has it watched"
                      .formatted(
                          position.account(), why, position.account(), position.instrument()),
                  null);
            });
  }

  /** A holding that somebody looks after must not get a second one who would sell it again. */
  private void refuseSecondWatcher(LedgerDatabase ledger, PositionId position) {
    if (beside && !what.holding) {
      return;
    }
    new LedgerReader(ledger)
        .positions(false).stream()
            .map(LedgerReader.Row::id)
            .filter(id -> id.account().equals(position.account()))
            .filter(id -> id.instrument().equals(position.instrument()))
            .findFirst()
            .ifPresent(
                id -> {
                  throw CommandException.refused(
                      "%s in %s is looked after already: position %s%s"
                          .formatted(
                              id.instrument(),
                              id.account(),
                              id,
                              what.holding ? "" : "; another entry of it is opened with --beside"),
                      null);
                });
  }

  private int start(WorkflowClient client, PositionId position, EntryTerms terms) throws Exception {
    PositionStarter.Result result =
        new PositionStarter(client)
            .start(
                paused
                    ? PositionState.announcedPaused(position, terms, "opened by hand with --paused")
                    : PositionState.announced(position, terms));
    if (result == PositionStarter.Result.DUPLICATE) {
      throw CommandException.refused(
          "position " + position + " was opened before; see `pm position " + position + "`", null);
    }
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("position", position.toString());
      answer.put("workflowId", position.workflowId());
      System.out.println(Payloads.mapper().writeValueAsString(answer));
    } else {
      System.out.printf(
          "%s in %s is looked after; see `pm position %s`%n",
          position.instrument(),
          position.account(),
          position.execution().toString().substring(0, 8));
    }
    return 0;
  }
}
