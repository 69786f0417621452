package org.positionmanager.activities.alpaca;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.positionmanager.activities.broker.BrokerException;

/**
 * One read of a thing at a time: who wants it meanwhile gets the same answer, or the same failure,
 * instead of asking once more. Only for what is kept for a while anyway.
 */
final class SharedRead<K, V> {
  private final Map<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();

  boolean isUnderWay(K key) {
    return underWay.containsKey(key);
  }

  /**
   * @throws BrokerException where the shared read failed
   */
  V get(K key, Supplier<V> read) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> earlier = underWay.putIfAbsent(key, mine);
    if (earlier != null) {
      return answer(earlier);
    }
    try {
      mine.complete(read.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      underWay.remove(key);
    }
    return answer(mine);
  }

  private static <V> V answer(CompletableFuture<V> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BrokerException failed) {
        throw new BrokerException(failed.kind(), failed.getMessage(), failed.retryAfter(), failed);
      }
      throw e;
    }
  }
}
