package org.positionmanager.starter.demo;

import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.positionmanager.activities.ledger.LedgerReader;
import org.positionmanager.starter.text.PositionLine;
import org.positionmanager.worker.process.StopSignal;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.CloseCommand;
import org.positionmanager.workflows.position.Phase;
import org.positionmanager.workflows.position.PositionWorkflow;

/**
 * The demo's story: dispatchers open positions, a person closes two, the day ends and everything is
 * compared. Each step looks at what is done, so that a demo that was killed goes on.
 */
final class DemoDay {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(30);

  /** And so much longer for each execution, until all are watched, and at the end. */
  private static final Duration FOR_EACH = Duration.ofSeconds(1);

  private static final Duration TELL_EVERY = DemoDispatcher.TELL_EVERY;

  /** Accounts whose news are told; those of a hundred nobody reads. */
  private static final Set<String> TOLD = Set.of("large", "tiny");

  /** Cheap contracts below their entries all day: no flutter of theirs beats the spread. */
  private static final List<String> BY_HAND = List.of("XOM260320C00120000", "KO260320C00070000");

  private final DemoDesk desk;
  private final Consumer<String> tell;
  private final LedgerReader reader;
  private final DemoComparison comparison;
  private final int executions;
  private final double speed;
  private final Map<PositionId, Phase> told = new HashMap<>();

  /**
   * @param speed of the day once all is open, in exchange seconds a second
   */
  DemoDay(DemoDesk desk, double speed, Consumer<String> tell) {
    this.desk = desk;
    this.speed = speed;
    this.tell = tell;
    executions = desk.cast().executions().size();
    reader = new LedgerReader(desk.ledger());
    comparison = new DemoComparison(desk, reader);
  }

  /** Plays what is left of the day. */
  DemoReport run() throws Exception {
    DemoDispatcher dispatcher = desk.dispatcher();
    tell.accept("the market opens at 09:30 in New York, 2026-02-11");
    awaitExchange(DemoScript.OPEN.plus(Duration.ofSeconds(10)));
    if (dispatcher.deliveries() == 0) {
      holdTime();
      dispatcher.openAll(desk.simulator());
      tell.accept(executions + " executions opened");
    }
    while (dispatcher.deliveries() < DemoDispatcher.DELIVERIES) {
      dispatcher.deliverAgain(tell);
      tell.accept("all rows delivered again");
    }
    if (desk.cast().more() > 0) {
      awaitWatched();
      desk.simulator().runs(DemoScript.paces(speed));
    }
    awaitExchange(DemoScript.OPEN.plus(Duration.ofMinutes(90)));
    closeByHand("large");
    for (DemoCast.Account account : desk.cast().accounts()) {
      if (!account.name().equals("large")) {
        signalClose(account.name());
      }
    }
    awaitExchange(DemoScript.CLOSE.minus(Duration.ofMinutes(1)));
    return settled(dispatcher.delivered());
  }

  /** With more accounts, opening takes longer than the day does at its speed. */
  private void holdTime() throws IOException {
    if (desk.cast().more() > 0) {
      desk.simulator().runs(DemoScript.realTime());
    }
  }

  private void awaitWatched() throws Exception {
    Duration within = SETTLE_WITHIN.plus(FOR_EACH.multipliedBy(executions));
    long deadline = System.nanoTime() + within.toNanos();
    long tellAt = System.nanoTime();
    long watched = watched();
    while (watched < executions) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%d of %d positions were watched within %d s; see worker.log and intake.log"
                .formatted(watched, executions, within.toSeconds()));
      }
      if (System.nanoTime() >= tellAt) {
        tell.accept("%d of %d positions watched".formatted(watched, executions));
        tellAt += TELL_EVERY.toNanos();
      }
      Thread.sleep(LOOK_EVERY);
      desk.checkAlive();
      watched = watched();
    }
    tell.accept("all %d positions watched".formatted(executions));
  }

  /** Positions that are, or were. */
  private long watched() {
    return reader.positions(true).stream()
        .filter(row -> row.phase() != Phase.AWAITING_ENTRY)
        .count();
  }

  /** Tells what happens until the signal. */
  void goOn(StopSignal stop) throws InterruptedException, IOException {
    while (!stop.await(LOOK_EVERY)) {
      desk.checkAlive();
      tellNews();
    }
  }

  private void closeByHand(String account) throws InterruptedException {
    Optional<PositionId> id = byHand(account);
    if (id.isEmpty()) {
      return;
    }
    position(id.get())
        .close(
            new CloseCommand(
                "demo-close", Optional.empty(), "demo", Optional.of("closed by hand")));
    tell.accept("a person closed " + id.get().instrument() + " in " + account + " by command");
  }

  private void signalClose(String account) throws InterruptedException {
    Optional<PositionId> id = byHand(account);
    if (id.isEmpty()) {
      return;
    }
    WorkflowStub.fromTyped(position(id.get())).signal("requestClose");
    tell.accept("a person closes " + id.get().instrument() + " in " + account + " by signal");
  }

  /** The position that a person closes, once it is watched; empty where that is done. */
  private Optional<PositionId> byHand(String account) throws InterruptedException {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<LedgerReader.Row> row =
          reader.positions(true).stream()
              .filter(it -> it.id().account().value().equals(account))
              .filter(it -> BY_HAND.contains(it.id().instrument().symbol()))
              .findFirst();
      if (row.isPresent() && row.get().phase() != Phase.AWAITING_ENTRY) {
        return row.filter(it -> it.phase() == Phase.PROTECTED).map(LedgerReader.Row::id);
      }
      Thread.sleep(LOOK_EVERY);
      tellNews();
    }
    throw new IllegalStateException(
        "no position of %s in %s was watched within %d s; see worker.log and intake.log"
            .formatted(BY_HAND, account, SETTLE_WITHIN.toSeconds()));
  }

  private PositionWorkflow position(PositionId id) {
    return desk.client().newWorkflowStub(PositionWorkflow.class, id.workflowId());
  }

  private void awaitExchange(Instant moment) throws Exception {
    while (desk.simulator().now().isBefore(moment)) {
      Thread.sleep(LOOK_EVERY);
      desk.checkAlive();
      tellNews();
    }
  }

  private void tellNews() {
    for (LedgerReader.Row row : reader.positions(true)) {
      if (TOLD.contains(row.id().account().value())
          && told.put(row.id(), row.phase()) != row.phase()) {
        tell.accept(PositionLine.of(row));
      }
    }
  }

  /** Waits until nothing is on its way any more, then compares. */
  private DemoReport settled(int delivered) throws Exception {
    Duration within = SETTLE_WITHIN.plus(FOR_EACH.multipliedBy(desk.cast().more()));
    long deadline = System.nanoTime() + within.toNanos();
    DemoReport report = comparison.compare(delivered);
    while (!report.agrees() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY);
      tellNews();
      report = comparison.compare(delivered);
    }
    SignalsSeen signals =
        SignalsSeen.by(
            desk.client(),
            desk.cast().executions().stream()
                .map(execution -> execution.id().toString())
                .collect(Collectors.toSet()));
    tell.accept(
        "of another account: %d of %d rows and orders, %d of %d signals"
            .formatted(
                report.cross_account(),
                report.workflows_started() + report.exits_sent(),
                signals.ofOthers(),
                signals.count()));
    return report.with(signals);
  }
}
