package org.positionmanager.starter.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.positionmanager.activities.alert.AlertRecord;
import org.positionmanager.activities.alert.Alerts;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.starter.Connections;
import org.positionmanager.starter.text.RuleWords;
import org.positionmanager.starter.text.Table;
import org.positionmanager.starter.text.Tone;
import org.positionmanager.workflows.identity.AccountName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm alerts}. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description = "Lists what people should know; open alerts, the most urgent first.",
    subcommands = {AlertAckCommandLine.class, AlertTestCommandLine.class},
    footer = {
      "",
      "Examples:",
      "  pm alerts",
      "  pm alerts --account tiny --watch",
      "  pm alerts --all --json",
      "  pm alerts ack 17 --note 'known, broker called'",
      "  pm alerts ack daily-loss --account large",
      "  pm alerts test ops",
      "",
      "Exit codes: 0 done; 2 bad input; 3 the ledger does not answer."
    })
public final class AlertsCommandLine implements Callable<Integer> {
  private static final int MOST = 200;

  @Mixin private Connections connections;

  @Mixin private Listing listing;

  @Option(names = "--all", description = "Ended ones too, the newest 200.")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    try (LedgerDatabase ledger = connections.ledger()) {
      listing.requireAccount(ledger);
      Alerts alerts = new PostgresAlerts(ledger);
      listing.print(() -> listed(alerts), rows -> listing.text(rows, this::table));
    }
    return 0;
  }

  private List<AlertRecord> listed(Alerts alerts) {
    return (all ? alerts.all(MOST) : alerts.open())
        .stream().filter(it -> listing.isOf(it.account())).toList();
  }

  private String table(List<AlertRecord> alerts) {
    if (alerts.isEmpty()) {
      return all ? "no alerts" : "no open alerts; --all shows those that have ended";
    }
    Instant now = Instant.now();
    return new Table<AlertRecord>()
        .number("id", it -> "" + it.id())
        .words("severity", it -> it.severity().name(), AlertsCommandLine::tone)
        .words("kind", it -> it.kind().prefix())
        .words("account", it -> it.account().map(AccountName::value).orElse("desk"))
        .words("position", it -> it.position().map(p -> p.instrument().symbol()).orElse(""))
        .words("since", it -> since(it, now))
        .number("count", it -> "" + it.seen())
        .words("message", AlertRecord::message)
        .words("ack", AlertsCommandLine::acknowledged)
        .of(alerts);
  }

  private static Tone tone(AlertRecord alert) {
    if (!alert.isOpen() || alert.acknowledged().isPresent()) {
      return Tone.FAINT;
    }
    return switch (alert.severity()) {
      case CRITICAL -> Tone.BAD;
      case WARNING -> Tone.WARNING;
      case INFO -> Tone.PLAIN;
    };
  }

  private static String since(AlertRecord alert, Instant now) {
    Duration open = Duration.between(alert.firstSeen(), alert.resolvedAt().orElse(now));
    String length = RuleWords.of(open.isNegative() ? Duration.ZERO : open);
    return alert.isOpen() ? length : "ended after " + length;
  }

  private static String acknowledged(AlertRecord alert) {
    return alert
        .acknowledged()
        .map(it -> it.by() + it.note().map(note -> ": " + note).orElse(""))
        .orElse("");
  }
}
