package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.watch.ExitSent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workflows have to be told, in order, for as long as it takes: the engine may be away while
 * the watch goes on protecting. What is not told when the process dies is found by the workflow
 * itself, under the order's id.
 */
final class Outbox implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  /** For so long a letter lets exits go first; a broker that does not answer holds none up. */
  static final Duration LETS_PASS_FOR = Duration.ofSeconds(1);

  private record Letter(PositionId position, ExitSent sent, long writtenAtNanos) {}

  private final WorkflowSignals signals;
  private final ExitsUnderWay exits;
  private final Deque<Letter> waiting = new ArrayDeque<>();
  private final Thread postman;

  Outbox(WorkflowSignals signals, ExitsUnderWay exits, String name) {
    this.signals = signals;
    this.exits = exits;
    postman = Thread.ofVirtual().name(name).start(this::deliver);
  }

  void tell(PositionId position, ExitSent sent) {
    synchronized (waiting) {
      waiting.addLast(new Letter(position, sent, System.nanoTime()));
      waiting.notifyAll();
    }
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
        exits.letPass(LETS_PASS_FOR.minusNanos(System.nanoTime() - next.writtenAtNanos()));
        try {
          signals.exitSent(next.position(), next.sent());
          synchronized (waiting) {
            waiting.removeFirst();
            waiting.notifyAll();
          }
          told = true;
        } catch (WorkflowSignals.EngineUnreachable e) {
          if (told) {
            log.warn("{}: its workflow cannot be told yet: {}", next.position(), e.getMessage());
          }
          told = false;
          Thread.sleep(RETRY);
        } catch (RuntimeException e) {
          log.error("{}: its workflow cannot be told; others are first", next.position(), e);
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
