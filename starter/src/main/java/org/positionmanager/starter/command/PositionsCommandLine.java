package org.positionmanager.starter.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.PositionLine;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import picocli.CommandLine.Command;
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
  private static final int SHORT_ID = 8;

  @Mixin private Connections connections;

  @Mixin private Listing listing;

  @Option(names = "--all", description = "Closed ones too.")
  private boolean all;

  private PostgresAlerts alerts;

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      LedgerReader reader = new LedgerReader(ledger);
      listing.requireAccount(ledger);
      alerts = new PostgresAlerts(ledger);
      listing.print(() -> text(reader), text -> text);
    }
    return 0;
  }

  private String text(LedgerReader reader) throws Exception {
    return listing.text(rows(reader), rows -> table(rows) + footer());
  }

  private List<LedgerReader.Row> rows(LedgerReader reader) {
    return reader.positions(all).stream()
        .filter(row -> listing.isOf(Optional.of(row.id().account())))
        .toList();
  }

  /** What the list does not show and people should not miss. */
  private String footer() {
    long open =
        alerts.open().stream()
            .filter(it -> it.acknowledged().isEmpty())
            .filter(it -> listing.isOf(it.account()))
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
