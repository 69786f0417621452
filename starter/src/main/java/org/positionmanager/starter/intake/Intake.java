package org.positionmanager.starter.intake;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.positionmanager.activities.ledger.ExecutionInbox;
import org.positionmanager.activities.ledger.InboxRow;
import org.positionmanager.activities.ledger.IntakeAdmission;

/**
 * Takes rows in as they are announced, and sweeps for those that were missed. Two intakes at once
 * do no harm: a position's workflow starts once.
 */
public final class Intake implements AutoCloseable {
  private static final int BATCH = 200;
  private static final Duration LISTEN_PATIENCE = Duration.ofMillis(500);

  private final ExecutionInbox inbox;
  private final PositionStarter starter;
  private final Duration sweepEvery;
  private final Consumer<String> report;
  private final Semaphore announced = new Semaphore(1);
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger quarantined = new AtomicInteger();
  private final List<Thread> threads;

  /** Of the thread that takes rows in. */
  private boolean someWaitForRoom = true;

  private Intake(
      ExecutionInbox inbox, PositionStarter starter, Duration sweepEvery, Consumer<String> report) {
    this.inbox = inbox;
    this.starter = starter;
    this.sweepEvery = sweepEvery;
    this.report = report;
    threads =
        List.of(
            Thread.ofVirtual().name("intake listen").unstarted(this::listen),
            Thread.ofVirtual().name("intake take").unstarted(this::take));
  }

  /**
   * Starts it.
   *
   * @param report hears one line for each row and each trouble
   */
  public static Intake start(
      ExecutionInbox inbox, PositionStarter starter, Duration sweepEvery, Consumer<String> report) {
    Intake intake = new Intake(inbox, starter, sweepEvery, report);
    intake.threads.forEach(Thread::start);
    return intake;
  }

  public int started() {
    return started.get();
  }

  public int duplicates() {
    return duplicates.get();
  }

  public int quarantined() {
    return quarantined.get();
  }

  private void listen() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        inbox.listen(announced::release, LISTEN_PATIENCE);
      } catch (Exception e) {
        report.accept(
            "the ledger cannot be listened to (" + e.getMessage() + "), sweeping goes on");
        pause();
      }
    }
  }

  private void take() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        announced.tryAcquire(sweepEvery.toMillis(), TimeUnit.MILLISECONDS);
        announced.drainPermits();
        while (takeBatch()) {
          // more may wait
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        report.accept("rows cannot be taken in (" + e.getMessage() + "), trying again");
        pause();
      }
    }
  }

  /**
   * A row that fails waits and lets others pass; an engine that is away fails no row.
   *
   * @return whether more may be there to take: the batch was full, or rows wait for room, of which
   *     the next is read once the oldest is let in
   */
  private boolean takeBatch() {
    List<InboxRow> rows = inbox.unread(BATCH);
    boolean waitedBefore = someWaitForRoom;
    someWaitForRoom = false;
    boolean anyNews = false;
    for (InboxRow row : rows) {
      try {
        anyNews |= take(row);
      } catch (WorkflowServiceException e) {
        if (isAway(e)) {
          throw e;
        }
        postpone(row, e);
        anyNews = true;
      } catch (RuntimeException e) {
        postpone(row, e);
        anyNews = true;
      }
    }
    return anyNews && (rows.size() == BATCH || waitedBefore || someWaitForRoom);
  }

  private static boolean isAway(WorkflowServiceException failure) {
    return failure.getCause() instanceof StatusRuntimeException status
        && Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED)
            .contains(status.getStatus().getCode());
  }

  private void postpone(InboxRow row, RuntimeException why) {
    String reason = why.getMessage() == null ? why.toString() : why.getMessage();
    report.accept("row " + row.executionId() + " waits: " + reason);
    if (why instanceof IntakeAdmission.RoomUnknown unknown) {
      inbox.failed(row, unknown);
    } else {
      inbox.failed(row, reason);
    }
  }

  /** Returns false where the row waits as it did before. */
  private boolean take(InboxRow row) {
    return switch (row) {
      case InboxRow.Execution good -> take(good);
      case InboxRow.Bad bad -> {
        inbox.quarantine(bad);
        quarantined.incrementAndGet();
        report.accept(
            "quarantined row %s: %s; %s".formatted(bad.executionId(), bad.problem(), bad.fix()));
        yield true;
      }
    };
  }

  private boolean take(InboxRow.Execution row) {
    boolean known = inbox.isTaken(row.position());
    Optional<ExecutionInbox.Wait> wait = known ? Optional.empty() : inbox.waits(row);
    if (wait.isPresent()) {
      return waits(row, wait.get());
    }
    if (known || starter.start(row.position(), row.terms()) == PositionStarter.Result.DUPLICATE) {
      duplicates.incrementAndGet();
    } else {
      started.incrementAndGet();
      report.accept("started " + row.position());
    }
    inbox.taken(row);
    return true;
  }

  private boolean waits(InboxRow.Execution row, ExecutionInbox.Wait wait) {
    return switch (wait) {
      case ExecutionInbox.Wait.Halted() -> {
        report.accept("row %s waits: its account is halted".formatted(row.executionId()));
        yield true;
      }
      case ExecutionInbox.Wait.Over(String reason) -> {
        quarantined.incrementAndGet();
        report.accept("quarantined row %s: %s".formatted(row.executionId(), reason));
        yield true;
      }
      case ExecutionInbox.Wait.ForRoom(IntakeAdmission.Waiting waiting) -> {
        someWaitForRoom = true;
        if (waiting.isNew()) {
          report.accept("row %s waits: %s".formatted(row.executionId(), waiting.reason()));
        }
        yield waiting.isNew();
      }
    };
  }

  private void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
