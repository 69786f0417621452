package org.positionmanager.simulator.stream;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What streams do after some real time; one thread, which ends with the server. */
public final class Timer implements AutoCloseable, StreamFaults.Later {
  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

  private static final long LONGEST_WAIT_SECONDS = 5;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("simulator streams").factory());

  /** Starts its thread. */
  public Timer() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void after(Duration delay, Runnable action) {
    schedule(guarded(action), delay.toNanos());
  }

  private void schedule(Runnable action, long nanos) {
    try {
      thread.schedule(action, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // nobody listens any more
    }
  }

  /** Does something at a steady beat; beats that were missed are not made up for. */
  public void every(Duration period, Runnable action) {
    beat(guarded(action), period.toNanos(), System.nanoTime() + period.toNanos());
  }

  private void beat(Runnable action, long period, long at) {
    schedule(
        () -> {
          action.run();
          // a backlog of beats would go before all else that is due
          beat(action, period, Math.max(at + period, System.nanoTime()));
        },
        at - System.nanoTime());
  }

  /** One failure must not end all that comes later. */
  private static Runnable guarded(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.warn("a stream's work failed", e);
      }
    };
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      // not interrupted: what runs may write the journal, whose file an interrupt would close
      if (!thread.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the streams' thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
