package org.positionmanager.starter.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.PositionLine;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm positions}. */
@Command(
    name = "positions",
    mixinStandardHelpOptions = true,
    description = "Lists positions.",
    footer = {
      "",
      "Examples:",
      "  pm positions",
      "  pm positions --account tiny --watch",
      "  pm positions --all --json",
      "",
      "Exit codes: 0 done; 2 bad input; 3 the ledger does not answer."
    })
public final class PositionsCommandLine implements Callable<Integer> {
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int SHORT_ID = 8;

  @Mixin private Connections connections;

  private PostgresAlerts alerts;

  @Option(names = "--all", description = "Closed ones too.")
  private boolean all;

  @Option(names = "--account", description = "Of one account only.")
  private String account;

  @Option(names = "--watch", description = "Shows changes as they happen, until Ctrl-C.")
  private boolean watch;

  @Option(names = "--json", description = "For machines; with --watch one line for each change.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      LedgerReader reader = new LedgerReader(ledger);
      if (account != null) {
        Values.account(ledger, account);
      }
      alerts = new PostgresAlerts(ledger);
      if (watch) {
        watch(reader);
      } else {
        System.out.println(text(rows(reader)));
      }
    }
    return 0;
  }

  private void watch(LedgerReader reader) throws Exception {
    try (StopSignal stop = StopSignal.install()) {
      String shown = "";
      do {
        String now = text(rows(reader));
        if (!now.equals(shown)) {
          System.out.println((Ansi.AUTO.enabled() && !json ? CLEAR : "") + now);
          shown = now;
        }
      } while (!stop.await(LOOK_EVERY));
    }
  }

  private List<LedgerReader.Row> rows(LedgerReader reader) {
    return reader.positions(all).stream()
        .filter(row -> account == null || row.id().account().value().equals(account))
        .toList();
  }

  private String text(List<LedgerReader.Row> rows) throws Exception {
    if (json) {
      return Payloads.mapper().writeValueAsString(rows);
    }
    return table(rows) + footer();
  }

  /** What the list does not show and people should not miss. */
  private String footer() {
    long open =
        alerts.open().stream()
            .filter(it -> it.acknowledged().isEmpty())
            .filter(
                it ->
                    account == null
                        || it.account().map(AccountName::value).filter(account::equals).isPresent())
            .count();
    return open == 0
        ? ""
        : System.lineSeparator()
            + Tone.WARNING.of("%d open alerts nobody has acknowledged: pm alerts".formatted(open));
  }

  private String table(List<LedgerReader.Row> rows) {
    if (rows.isEmpty()) {
      return all ? "no positions" : "no open positions; --all shows closed ones";
    }
    return new Table<LedgerReader.Row>()
        .words("id", row -> row.id().execution().toString().substring(0, SHORT_ID))
        .words("account", row -> row.id().account().value())
        .words("instrument", row -> row.id().instrument().symbol())
        .words("state", row -> row.phase().name(), row -> PositionLine.tone(row.phase()))
        .number("held", row -> row.held().toString())
        .number("entry", row -> row.entry().map(Object::toString).orElse(""))
        .number("peak", row -> row.peak().map(Object::toString).orElse(""))
        .words("reason", row -> row.reason().map(Enum::name).orElse(""))
        .number(
            "realised", row -> row.realised().toString(), row -> Tone.of(row.realised().amount()))
        .of(rows);
  }
}
