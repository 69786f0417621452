package org.positionmanager.starter.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.text.RuleWords;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationException;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.worker.config.PlanFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import org.positionmanager.workflows.plan.InstrumentKind;
import org.positionmanager.workflows.plan.PlanBook;
import org.positionmanager.workflows.plan.PlanChoice;
import org.positionmanager.workflows.plan.PlanTemplate;
import org.positionmanager.workflows.plan.Strategy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pm plan show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows the plan that a position would be judged by, and which choice says so.",
    footer = {
      "",
      "Examples:",
      "  pm plan show tiny swing_trade",
      "  pm plan show large day_trade --instrument option",
      "  pm plan show large day_trade --plans plans.yaml --json",
      "",
      "Rules are listed in their order of precedence: the first that fires decides.",
      "Exit codes: 0 shown; 2 bad input, or plans that a worker would not take."
    })
public final class PlanShowCommandLine implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Name or alias of an account.")
  private String account;

  @Parameters(
      index = "1",
      paramLabel = "STRATEGY",
      description = "One of ${COMPLETION-CANDIDATES}, as dispatchers call it.")
  private Strategy strategy;

  @Option(names = "--instrument", description = "option or stock; both where it is left out.")
  private InstrumentKind kind;

  @Option(names = "--plans", description = "A plan file instead of the configured one.")
  private Path plans;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description =
          "The workers' configuration; without it the shipped plans count (default:"
              + " ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /** The plans that count, and the file that they are from. */
  private record Source(PlanBook book, String file) {}

  /** One rule in words. */
  record Rule(String rule, String does, boolean waitsForMinimumHold) {}

  /** One plan, and for which positions it is. */
  record Shown(
      InstrumentKind instrument,
      List<String> symbols,
      String plan,
      Optional<String> shadow,
      String chosenBy,
      String exit,
      String reviewEvery,
      String quotes,
      List<Rule> rules) {}

  @Override
  public Integer call() throws Exception {
    Optional<Map<String, AccountName>> known =
        Files.exists(config)
            ? Optional.of(ConfigurationFile.accountNames(config, System.getenv()))
            : Optional.empty();
    AccountName name = named(known);
    if (known.isEmpty()) {
      PrintWriter notes = spec.commandLine().getErr();
      notes.println(
          "%s is taken as it is: there is no %s to check account names by; see --config"
              .formatted(name, config));
      notes.flush();
    }
    Source source = source(known);
    List<Shown> shown =
        List.of(InstrumentKind.values()).stream()
            .filter(it -> kind == null || kind == it)
            .flatMap(
                it ->
                    source.book().choicesFor(name, strategy, it).stream()
                        .map(choice -> shown(source, choice)))
            .toList();
    System.out.println(
        json
            ? Payloads.mapper().writeValueAsString(shown)
            : String.join(
                System.lineSeparator() + System.lineSeparator(),
                shown.stream().map(it -> text(name, it)).toList()));
    return 0;
  }

  private AccountName named(Optional<Map<String, AccountName>> known) {
    if (known.isEmpty()) {
      return Values.read("ACCOUNT", account, AccountName::new);
    }
    return Optional.ofNullable(known.get().get(account))
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "ACCOUNT: %s is no account of %s; use one of %s"
                        .formatted(account, config, String.join(", ", known.get().keySet()))));
  }

  private Source source(Optional<Map<String, AccountName>> known) throws ConfigurationException {
    if (plans != null) {
      return new Source(PlanFile.read(plans, known), plans.toString());
    }
    if (!Files.exists(config)) {
      return new Source(PlanFile.shipped(), "the shipped plans");
    }
    Configuration.Plans configured = ConfigurationFile.plans(config, System.getenv());
    return new Source(
        configured.book(), configured.file().map(Path::toString).orElse("the shipped plans"));
  }

  private static Shown shown(Source source, PlanChoice choice) {
    PlanTemplate plan = source.book().template(choice.plan()).orElseThrow();
    return new Shown(
        choice.kind(),
        choice.symbols().stream().sorted().toList(),
        plan.name(),
        choice.shadow(),
        choice.where() + " of " + source.file(),
        RuleWords.of(plan.style()),
        RuleWords.of(plan.reviewEvery()),
        RuleWords.of(plan.sight()),
        plan.rules().stream()
            .map(
                rule ->
                    new Rule(
                        rule.kind().label(), RuleWords.of(rule), rule.kind().waitsForMinimumHold()))
            .toList());
  }

  private String text(AccountName name, Shown shown) {
    String symbols =
        shown.symbols().isEmpty() ? "" : " about " + String.join(", ", shown.symbols());
    return String.join(
        System.lineSeparator(),
        "%ss%s of %s, strategy %s: plan %s"
            .formatted(
                shown.instrument(),
                symbols,
                name,
                strategy.name().toLowerCase(Locale.ROOT),
                Tone.GOOD.of(shown.plan())),
        "  chosen by     " + shown.chosenBy(),
        "  shadow        " + shown.shadow().orElse("none"),
        "  exits trade   " + shown.exit(),
        "  review every  " + shown.reviewEvery(),
        "  quotes        " + shown.quotes(),
        "",
        new Table<Rule>()
            .words("rule", Rule::rule)
            .words("fires", Rule::does)
            .words("minimum hold", it -> it.waitsForMinimumHold() ? "waits" : "")
            .of(shown.rules()));
  }
}
