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
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.json.Payloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MOST = 200;

  @Mixin private Connections connections;

  @Option(names = "--all", description = "Ended ones too, the newest 200.")
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
      if (account != null) {
        Values.account(ledger, account);
      }
      Alerts alerts = new PostgresAlerts(ledger);
      if (watch) {
        watch(alerts);
      } else {
        System.out.println(text(listed(alerts)));
      }
    }
    return 0;
  }

  private void watch(Alerts alerts) throws Exception {
    try (StopSignal stop = StopSignal.install()) {
      List<AlertRecord> shown = null;
      do {
        List<AlertRecord> now = listed(alerts);
        if (!now.equals(shown)) {
          System.out.println((Ansi.AUTO.enabled() && !json ? CLEAR : "") + text(now));
          shown = now;
        }
      } while (!stop.await(LOOK_EVERY));
    }
  }

  private List<AlertRecord> listed(Alerts alerts) {
    return (all ? alerts.all(MOST) : alerts.open())
        .stream()
            .filter(
                it ->
                    account == null
                        || it.account().map(AccountName::value).filter(account::equals).isPresent())
            .toList();
  }

  private String text(List<AlertRecord> alerts) throws Exception {
    if (json) {
      return Payloads.mapper().writeValueAsString(alerts);
    }
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
