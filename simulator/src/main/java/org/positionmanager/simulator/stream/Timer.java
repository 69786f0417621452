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
    try {
      thread.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // nobody listens any more
    }
  }

  /** Does something again and again; what took longer than a period is caught up with. */
  public void every(Duration period, Runnable action) {
    thread.scheduleAtFixedRate(
        guarded(action), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
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
