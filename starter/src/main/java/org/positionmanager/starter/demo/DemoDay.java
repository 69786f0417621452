package org.positionmanager.starter.demo;

import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

  /** Cheap contracts below their entries all day: no flutter of theirs beats the spread. */
  private static final List<String> BY_HAND = List.of("XOM260320C00120000", "KO260320C00070000");

  private final DemoDesk desk;
  private final Consumer<String> tell;
  private final LedgerReader reader;
  private final DemoComparison comparison;
  private final Map<PositionId, Phase> told = new HashMap<>();

  DemoDay(DemoDesk desk, Consumer<String> tell) {
    this.desk = desk;
    this.tell = tell;
    reader = new LedgerReader(desk.ledger());
    comparison = new DemoComparison(desk, reader);
  }

  /** Plays what is left of the day. */
  DemoReport run() throws Exception {
    DemoDispatcher dispatcher = desk.dispatcher();
    tell.accept("the market opens at 09:30 in New York, 2026-02-11");
    awaitExchange(DemoScript.OPEN.plus(Duration.ofSeconds(10)));
    if (dispatcher.deliveries() == 0) {
      dispatcher.openAll(desk.simulator());
      tell.accept(DemoScript.executions().size() + " executions opened");
    }
    while (dispatcher.deliveries() < DemoDispatcher.DELIVERIES) {
      dispatcher.deliverAgain();
      tell.accept("all rows delivered again");
    }
    awaitExchange(DemoScript.OPEN.plus(Duration.ofMinutes(90)));
    closeByHand("large");
    signalClose("tiny");
    awaitExchange(DemoScript.CLOSE.minus(Duration.ofMinutes(1)));
    return settled(dispatcher.delivered());
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
      if (told.put(row.id(), row.phase()) != row.phase()) {
        tell.accept(PositionLine.of(row));
      }
    }
  }

  /** Waits until nothing is on its way any more, then compares. */
  private DemoReport settled(int delivered) throws Exception {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    DemoReport report = comparison.compare(delivered);
    while (!report.agrees() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY);
      tellNews();
      report = comparison.compare(delivered);
    }
    return report;
  }
}
