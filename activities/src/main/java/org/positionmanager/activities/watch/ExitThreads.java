package org.positionmanager.activities.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where the exits of one account run. Virtual threads stand in line for one of as many carriers as
 * there are processors, behind workflow tasks of positions that have nothing to do with it, and
 * whoever computes keeps its carrier; a thread of the system that was asleep comes before those
 * that compute. So exits have such threads while there are few of them at once. A whole book that
 * breaches on one quote goes on in virtual threads: none waits for another.
 */
final class ExitThreads implements Executor {
  /** Of the system, at once. */
  static final int OF_THE_SYSTEM = 16;

  private static final Duration KEPT_FOR = Duration.ofMinutes(1);

  private final ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService first;

  ExitThreads(String account) {
    first =
        new ThreadPoolExecutor(
            0,
            OF_THE_SYSTEM,
            KEPT_FOR.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("exit-" + account + "-", 0).factory(),
            (exit, full) -> virtual.execute(exit));
  }

  /**
   * Begins at once.
   *
   * @throws RejectedExecutionException once it was shut down
   */
  @Override
  public void execute(Runnable exit) {
    first.execute(exit);
  }

  /** Takes no more. */
  void shutdown() {
    // in this order none that is refused by the first is refused by the second without reason
    first.shutdown();
    virtual.shutdown();
  }

  /** Returns whether all that began have ended within that time. */
  boolean awaitTermination(Duration within) throws InterruptedException {
    long start = System.nanoTime();
    return first.awaitTermination(within.toNanos(), TimeUnit.NANOSECONDS)
        && virtual.awaitTermination(
            within.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
  }
}
