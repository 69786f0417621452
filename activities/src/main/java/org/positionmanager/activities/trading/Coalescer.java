package org.positionmanager.activities.trading;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.positionmanager.activities.broker.BrokerException;

/**
 * Lets many callers share one read. Keys that arrive while a read runs wait for the next one, so
 * what a caller gets was always read after its call began.
 */
public final class Coalescer<K, R> {
  private final class Batch {
    private final Set<K> keys = new LinkedHashSet<>();
    private final CompletableFuture<R> result = new CompletableFuture<>();
  }

  private final Function<Set<K>, R> read;
  private final ReentrantLock reading = new ReentrantLock(true);
  private final Object lock = new Object();
  private Batch gathering;

  /**
   * @param read one request for all keys of a batch
   */
  public Coalescer(Function<Set<K>, R> read) {
    this.read = read;
  }

  /** The answer to a read that covers this key and began after this call. */
  public R get(K key) {
    Batch batch;
    boolean leads;
    synchronized (lock) {
      leads = gathering == null;
      if (leads) {
        gathering = new Batch();
      }
      batch = gathering;
      batch.keys.add(key);
    }
    if (leads) {
      lead(batch);
    }
    try {
      return batch.result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BrokerException failed) {
        throw new BrokerException(failed.kind(), failed.getMessage(), failed.retryAfter(), failed);
      }
      throw e;
    }
  }

  private void lead(Batch batch) {
    reading.lock();
    try {
      synchronized (lock) {
        gathering = null;
      }
      batch.result.complete(read.apply(Set.copyOf(batch.keys)));
    } catch (RuntimeException | Error e) {
      batch.result.completeExceptionally(e);
    } finally {
      reading.unlock();
    }
  }
}
