package org.positionmanager.worker.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the end of this JVM back, after Ctrl-C, SIGTERM or the parent's end, until the main thread
 * has closed everything in order. Opened first, so that it is closed last:
 *
 * <pre>{@code
 * try (StopSignal stop = StopSignal.install()) {
 *   try (Part part = start()) {
 *     stop.await();
 *   }
 * }
 * }</pre>
 *
 * <p>Where the signal comes while the main thread is still starting parts, it is interrupted.
 */
public final class StopSignal implements AutoCloseable {
  /** Longer than the parts take together; after it the JVM ends whatever is still open. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread main = Thread.currentThread();
  private volatile boolean waiting;

  private StopSignal() {}

  /** Listens from now on, on behalf of the calling thread. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop signal"));
    return signal;
  }

  private void stop() {
    if (closed.getCount() == 0) {
      return;
    }
    asked.countDown();
    if (!waiting) {
      main.interrupt();
    }
    try {
      closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the program shall end. */
  public void await() throws InterruptedException {
    waiting = true;
    asked.await();
  }

  /** Whether the program shall end. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits so long at most; whether the program shall end. Who asks once has to go on asking. */
  public boolean await(Duration atMost) throws InterruptedException {
    waiting = true;
    return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
