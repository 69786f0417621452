package org.positionmanager.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fault and what has become of it. */
final class Fault {
  private static final long LONGEST_WAIT_SECONDS = 120;

  final int id;
  final Faults.Order order;
  private final SplittableRandom random;
  private int left;
  private int hits;
  private int waiting;
  private boolean drop;
  private final CountDownLatch released = new CountDownLatch(1);

  Fault(int id, Faults.Order order, long seed) {
    this.id = id;
    this.order = order;
    left = order.times();
    random = new SplittableRandom(seed ^ id * 1_000_003L);
  }

  /** One that goes on from an earlier life. */
  Fault(Faults.State state, long seed) {
    this(state.id(), state.order(), seed + state.hits());
    left = state.left();
    hits = state.hits();
  }

  synchronized Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", id);
    view.put("kind", order.kind().name());
    view.put("account", order.account());
    view.put("method", order.method());
    view.put("path", order.path().pattern());
    view.put("hits", hits);
    view.put("left", left);
    view.put("waiting", waiting);
    return view;
  }

  synchronized Faults.State state() {
    return new Faults.State(id, order, left, hits);
  }

  synchronized boolean isLeft() {
    return left > 0;
  }

  synchronized boolean strikes() {
    if (left <= 0 || random.nextDouble() >= order.probability()) {
      return false;
    }
    left--;
    hits++;
    return true;
  }

  void waitForRelease() {
    synchronized (this) {
      waiting++;
    }
    try {
      if (!released.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Rejection(503, 0, "the barrier was never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Rejection(503, 0, "interrupted at a barrier");
    } finally {
      synchronized (this) {
        waiting--;
      }
    }
    if (drop) {
      throw new Rejection(503, 0, "dropped at a barrier");
    }
  }

  void release(boolean dropped) {
    drop = dropped;
    released.countDown();
  }

  /** Waits the fault's time, or until it is removed. */
  void delay() {
    try {
      if (released.await(order.millis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
