package org.positionmanager.starter.intake;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.positionmanager.activities.ledger.AccountRegistry;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.LedgerDatabase;
import org.positionmanager.starter.CommandException;
import org.positionmanager.starter.Connections;
import org.positionmanager.worker.process.ParentWatch;
import org.positionmanager.worker.process.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pm intake}. */
@Command(
    name = "intake",
    mixinStandardHelpOptions = true,
    description = "Turns the dispatchers' rows into watched positions.",
    footer = {
      "",
      "Exit codes: 130 or 143 stopped by a signal, 1 cannot start, 3 engine or ledger not reachable."
    })
public final class IntakeCommand implements Callable<Integer> {
  @Mixin private Connections connections;

  @Option(
      names = "--sweep",
      defaultValue = "PT5S",
      description =
          "How often to look for rows that were not announced (default: ${DEFAULT-VALUE}).")
  private Duration sweep;

  @Override
  public Integer call() throws Exception {
    ParentWatch.startIfAsked();
    try (StopSignal stop = StopSignal.install()) {
      return takeIn(stop);
    }
  }

  private int takeIn(StopSignal stop) throws Exception {
    try (Connections.Temporal temporal = connections.temporal();
        LedgerDatabase ledger = connections.ledger()) {
      prepare(ledger);
      ExecutionInbox inbox = new ExecutionInbox(ledger, new AccountRegistry(ledger));
      try (Intake intake =
          Intake.start(
              inbox,
              new PositionStarter(temporal.client()),
              sweep,
              line -> System.out.println("intake: " + line))) {
        System.out.println("intake ready");
        stop.await();
      }
    }
    return 0;
  }

  private static void prepare(LedgerDatabase ledger) {
    try {
      ledger.migrate();
      ledger.verify();
    } catch (IllegalStateException e) {
      throw CommandException.refused(e.getMessage(), e);
    }
  }
}
