package org.positionmanager.activities.alert;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again on a thread of its own, a while after the last time ended. A
 * failure is told once until it goes well again, and ends nothing.
 */
public final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final Duration END_WITHIN = Duration.ofSeconds(2);
  private static final int PLACES_LOG = 10;

  /** Fibonacci hashing: 2^32 divided by the golden ratio. */
  private static final int SPREAD = 0x9E3779B9;

  private final String name;
  private final Duration between;
  private final Runnable work;
  private final boolean untilDone;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  private Rounds(String name, Duration between, Runnable work, boolean untilDone) {
    this.name = name;
    this.between = between;
    this.work = work;
    this.untilDone = untilDone;
    thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /**
   * Begins; the first time comes within one pause, at a place in it that the name has, so that what
   * begins together for many accounts does not ask engine, broker and ledger at once for ever.
   *
   * @param name of the thread, and of what is told
   */
  public static Rounds start(String name, Duration between, Runnable work) {
    return started(new Rounds(name, between, work, false));
  }

  /**
   * Begins at once, and ends with the first time that goes well.
   *
   * @param name of the thread, and of what is told
   */
  public static Rounds untilDone(String name, Duration between, Runnable work) {
    return started(new Rounds(name, between, work, true));
  }

  private static Rounds started(Rounds rounds) {
    rounds.thread.start();
    return rounds;
  }

  private void run() {
    try {
      if (untilDone && once()) {
        return;
      }
      Duration pause = untilDone ? between : place(name, between);
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (once() && untilDone) {
          return;
        }
        pause = between;
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pause before the first time: above zero, at most a whole one, the same for a name. */
  static Duration place(String name, Duration between) {
    // names that differ by a digit have hash codes that differ by one: spread them first
    int place = (name.hashCode() * SPREAD) >>> (Integer.SIZE - PLACES_LOG);
    return between.multipliedBy(place + 1L).dividedBy(1L << PLACES_LOG);
  }

  private boolean once() {
    try {
      work.run();
      if (failing) {
        failing = false;
        log.info("{}: goes well again", name);
      }
      return true;
    } catch (RuntimeException | Error e) {
      // an Error, too, ends one time and not all: what nobody renews looks well for ever
      if (!failing && closing.getCount() > 0) {
        failing = true;
        String why = e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
        log.warn("{}: tried again every {}: {}", name, between, why);
      }
      return false;
    }
  }

  /** Waits until no further time is to come. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /** Begins no further time, interrupts the one that runs and waits a moment for its end. */
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(END_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
