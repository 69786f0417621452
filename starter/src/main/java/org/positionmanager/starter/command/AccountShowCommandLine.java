package org.positionmanager.starter.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountTier;
import org.positionmanager.activities.ledger.DeskReader;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.NewYork;
import org.positionmanager.starter.text.Table;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pm accounts show ACCOUNT}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what is registered of one account.",
    footer = {
      "",
      "Examples:",
      "  pm accounts show large",
      "  pm accounts show large-100k --json",
      "",
      "Exit codes: 0 done; 2 bad input; 3 the ledger does not answer."
    })
public final class AccountShowCommandLine implements Callable<Integer> {
  @Mixin private Connections connections;

  @Parameters(paramLabel = "ACCOUNT", description = "Its name, or an alias.")
  private String account;

  @Option(names = "--json", description = "For machines.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      DeskReader.AccountLine line = Values.account(ledger, "ACCOUNT", account);
      System.out.println(
          json ? Payloads.mapper().writeValueAsString(line) : table().of(fields(line)));
    }
    return 0;
  }

  private static Table<Map.Entry<String, String>> table() {
    return new Table<Map.Entry<String, String>>()
        .words("what", Map.Entry::getKey)
        .words("is", Map.Entry::getValue);
  }

  private static List<Map.Entry<String, String>> fields(DeskReader.AccountLine line) {
    return List.of(
        Map.entry("account", line.name().value()),
        Map.entry("aliases", line.aliases().isEmpty() ? "none" : String.join(", ", line.aliases())),
        Map.entry("broker account", line.brokerNumber()),
        Map.entry("money", line.live() ? "LIVE" : "paper"),
        Map.entry(
            "in use", line.active() ? "yes" : "no; `pm accounts activate " + line.name() + "`"),
        Map.entry("tier", line.tier().map(AccountTier::word).orElse("none")),
        Map.entry(
            "limits",
            line.limits()
                .map(LimitsText::of)
                .orElse("not told yet; a worker that serves it tells them")),
        Map.entry("intake", line.intake()),
        Map.entry("notes", line.notes().orElse("none")),
        Map.entry("registered", NewYork.moment(line.registeredAt())),
        Map.entry("open positions", "" + line.open()),
        Map.entry("closed positions", "" + line.closed()),
        Map.entry("realised", line.realised().toString()),
        Map.entry("open alerts", "" + line.alerts()));
  }
}
