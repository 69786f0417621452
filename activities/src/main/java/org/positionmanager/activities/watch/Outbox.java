package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.ExitSent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workflows have to be told, in order, for as long as it takes: the engine may be away while
 * the watch goes on protecting, and may come back without what it knew. So what was sent and cannot
 * be told at once is noted in the ledger, where a workflow that is begun anew finds it.
 */
final class Outbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  /** For so long a letter lets exits go first; a broker that does not answer holds none up. */
  static final Duration LETS_PASS_FOR = Duration.ofSeconds(1);

  /** What is to be told of one exit. */
  static final class Letter {
    private final PositionId position;
    private final ExitSent sent;
    private final long writtenAtNanos = System.nanoTime();
    private boolean noted;

    Letter(PositionId position, ExitSent sent) {
      this.position = position;
      this.sent = sent;
    }
  }

  private final WorkflowSignals signals;
  private final Permissions ledger;
  private final ExitsUnderWay exits;
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private final Thread postman;

  Outbox(WorkflowSignals signals, Permissions ledger, ExitsUnderWay exits, String name) {
    this.signals = signals;
    this.ledger = ledger;
    this.exits = exits;
    postman = Thread.ofVirtual().name(name).start(this::deliver);
  }

  /**
   * Tells in order; never blocks. What came to nothing is told once: the same said again while the
   * letter before still waits adds none.
   */
  Letter tell(PositionId position, ExitSent sent) {
    synchronized (waiting) {
      Optional<Letter> before =
          sent.mayBeAtBroker() ? Optional.empty() : waitingLike(position, sent);
      Letter letter = before.orElseGet(() -> new Letter(position, sent));
      if (before.isEmpty()) {
        waiting.addLast(letter);
        waiting.notifyAll();
      }
      return letter;
    }
  }

  private Optional<Letter> waitingLike(PositionId position, ExitSent sent) {
    return waiting.stream()
        .filter(it -> it.position.equals(position) && !it.sent.mayBeAtBroker())
        .filter(it -> it.sent.exit() == sent.exit() && it.sent.arming() == sent.arming())
        .filter(it -> it.sent.reason() == sent.reason())
        .filter(it -> it.sent.quantity().equals(sent.quantity()))
        .findFirst();
  }

  /** Waits so long; returns whether the workflow, or the ledger in its place, knows of it then. */
  boolean awaitTold(Letter letter, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (waiting) {
      while (waiting.contains(letter)) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        waiting.wait(left);
      }
      return true;
    }
  }

  /** By which it tells. */
  WorkflowSignals signals() {
    return signals;
  }

  int size() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void deliver() {
    boolean told = true;
    try {
      while (true) {
        Letter next = next();
        exits.letPass(LETS_PASS_FOR.minusNanos(System.nanoTime() - next.writtenAtNanos));
        try {
          deliver(next);
          synchronized (waiting) {
            waiting.removeFirst();
            waiting.notifyAll();
          }
          told = true;
        } catch (WorkflowSignals.EngineUnreachable e) {
          if (told) {
            log.warn("{}: its workflow cannot be told yet: {}", next.position, e.getMessage());
          }
          told = false;
          noteAll();
          Thread.sleep(RETRY);
        } catch (PermissionsUnreadable | RuntimeException e) {
          log.error("{}: its workflow cannot be told; others are first", next.position, e);
          synchronized (waiting) {
            waiting.addLast(waiting.removeFirst());
          }
          Thread.sleep(RETRY);
        }
      }
    } catch (InterruptedException closed) {
      log.debug("the outbox is closed");
    }
  }

  private void deliver(Letter letter)
      throws WorkflowSignals.EngineUnreachable, PermissionsUnreadable {
    if (signals.exitSent(letter.position, letter.sent)) {
      return;
    }
    ledger.note(letter.position, letter.sent);
    // begun anew in between it may have read the ledger before that was noted
    signals.exitSent(letter.position, letter.sent);
  }

  /**
   * The engine may not come back with what it knew, or not before this process has ended. Where no
   * order came of it the workflow decides, should there still be one.
   */
  private void noteAll() {
    List<Letter> all;
    synchronized (waiting) {
      all = waiting.stream().filter(it -> !it.noted && it.sent.mayBeAtBroker()).toList();
    }
    for (Letter letter : all) {
      try {
        ledger.note(letter.position, letter.sent);
        letter.noted = true;
      } catch (PermissionsUnreadable | RuntimeException e) {
        log.warn("{}: exit {} cannot be noted yet", letter.position, letter.sent.exit(), e);
        return;
      }
    }
  }

  private Letter next() throws InterruptedException {
    synchronized (waiting) {
      while (waiting.isEmpty()) {
        waiting.wait();
      }
      return waiting.getFirst();
    }
  }

  /** Waits until all is delivered; returns whether it is. */
  boolean drain(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (waiting) {
      while (!waiting.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        waiting.wait(left);
      }
      return true;
    }
  }

  @Override
  public void close() {
    postman.interrupt();
  }
}
