package org.positionmanager.starter.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.AccountCheck;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm accounts check [NAME]}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Looks whether a worker with this configuration, environment and ledger could serve its",
      "accounts: credentials are there, open the broker account that is configured, for paper or",
      "real money as configured, and the registry agrees. Changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  pm accounts check",
      "  pm accounts check tiny --config pm.yaml --json",
      "",
      "Exit codes: 0 all of them; 1 not all; 2 bad input or configuration;",
      "3 the ledger does not answer."
    })
public final class AccountCheckCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "One account by its name or an alias in the configuration; else all.")
  private String name;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description = "The workers' configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  /**
   * One account.
   *
   * @param registered where it is not, a worker registers it
   * @param problems why it could not be served; none where it could
   */
  record Line(
      AccountName account,
      String brokerAccount,
      boolean live,
      boolean registered,
      List<String> problems) {}

  @Override
  public Integer call() throws Exception {
    Configuration configuration = ConfigurationFile.readAlsoUnserved(config, System.getenv());
    List<Configuration.Account> asked = asked(configuration);
    List<Line> lines = lines(asked, configuration.broker());
    System.out.println(json ? Payloads.mapper().writeValueAsString(lines) : table().of(lines));
    return lines.stream().allMatch(it -> it.problems().isEmpty()) ? 0 : CommandException.REFUSED;
  }

  private List<Configuration.Account> asked(Configuration configuration) {
    if (name == null) {
      return configuration.accounts();
    }
    return configuration.accounts().stream()
        .filter(it -> it.name().value().equals(name) || it.aliases().contains(name))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                CommandException.badInput(
                    "NAME: '%s' is no account of %s; use one of %s"
                        .formatted(
                            name,
                            config,
                            configuration.accounts().stream()
                                .map(Configuration.Account::name)
                                .toList())));
  }

  private List<Line> lines(List<Configuration.Account> asked, Configuration.Broker broker)
      throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      ledger.verify();
      Set<AccountName> registered =
          new DeskReader(ledger)
              .accounts().stream()
                  .map(DeskReader.AccountLine::name)
                  .collect(Collectors.toUnmodifiableSet());
      return AccountCheck.of(asked, broker, new AccountRegistry(ledger)).stream()
          .map(
              it ->
                  new Line(
                      it.account().name(),
                      it.account().brokerAccountNumber(),
                      it.account().live(),
                      registered.contains(it.account().name()),
                      it.problems()))
          .toList();
    }
  }

  private static Table<Line> table() {
    return new Table<Line>()
        .words("account", it -> it.account().value())
        .words("broker account", Line::brokerAccount)
        .words(
            "money",
            it -> it.live() ? "LIVE" : "paper",
            it -> it.live() ? Tone.WARNING : Tone.PLAIN)
        .words("registered", it -> it.registered() ? "yes" : "not yet")
        .words(
            "can be served",
            it -> it.problems().isEmpty() ? "yes" : "NO: " + String.join("\n", it.problems()),
            it -> it.problems().isEmpty() ? Tone.GOOD : Tone.BAD);
  }
}
