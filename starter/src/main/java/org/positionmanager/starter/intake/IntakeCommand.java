package org.positionmanager.starter.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.worker.AlertsRun;
import org.positionmanager.worker.config.Configuration;
import org.positionmanager.worker.config.ConfigurationFile;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm intake}. */
@Command(
    name = "intake",
    mixinStandardHelpOptions = true,
    description =
        "Turns the dispatchers' rows into watched positions, and tells of accounts that nobody watches.",
    footer = {
      "",
      "Exit codes: 130 or 143 stopped by a signal, 1 cannot start, 2 bad input, 3 engine or ledger not"
          + " reachable."
    })
public final class IntakeCommand implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(
      names = "--sweep",
      defaultValue = "PT5S",
      description =
          "How often to look for rows that were not announced (default: ${DEFAULT-VALUE}).")
  private Duration sweep;

  @Option(
      names = "--config",
      defaultValue = "${env:PM_CONFIG:-pm.yaml}",
      description =
          "The workers' configuration, read for its alerts where it exists (default:"
              + " ${DEFAULT-VALUE}).")
  private Path config;

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    Configuration.Alerts alerts =
        Files.exists(config)
            ? ConfigurationFile.alerts(config, System.getenv())
            : Configuration.Alerts.DEFAULT;
    try (StopSignal stop = StopSignal.install()) {
      return takeIn(stop, alerts);
    }
  }

  private int takeIn(StopSignal stop, Configuration.Alerts alerts) throws Exception {
    try (Connections.Temporal temporal = connections.temporal();
        LedgerDatabase ledger = connections.ledger()) {
      prepare(ledger);
      ExecutionInbox inbox = new ExecutionInbox(ledger, new AccountRegistry(ledger));
      try (AlertsRun watching =
              AlertsRun.start(
                  alerts,
                  connections.ledgerAddress(),
                  new SimpleMeterRegistry(),
                  IntakeCommand::tell);
          Intake intake =
              Intake.start(
                  inbox, new PositionStarter(temporal.client()), sweep, IntakeCommand::tell)) {
        System.out.println("intake ready");
        stop.await();
      }
    }
    return 0;
  }

  private static void tell(String line) {
    System.out.println("intake: " + line);
  }

  private static void prepare(LedgerDatabase ledger) {
    try {
      ledger.prepare();
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }
}
