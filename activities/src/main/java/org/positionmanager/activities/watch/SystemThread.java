package org.positionmanager.activities.watch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread of the system for what must not wait. A virtual one stands in line behind whatever
 * computes, and there are only as many carriers as processors.
 */
final class SystemThread {
  private SystemThread() {}

  /** Something that ends when its thread is interrupted. */
  interface Work {
    void run() throws InterruptedException;
  }

  /**
   * Runs it while the calling thread waits, and ends as it does. Where the caller is interrupted,
   * so is the work, and the caller returns with the mark of it.
   *
   * @throws RuntimeException what the work throws
   */
  static void runIn(String name, Work work) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread.ofPlatform().daemon().name(name).start(task);
    try {
      task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException thrown
          ? thrown
          : new IllegalStateException(name, e.getCause());
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
    }
  }
}
