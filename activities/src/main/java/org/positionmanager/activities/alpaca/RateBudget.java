package org.positionmanager.activities.alpaca;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.positionmanager.activities.broker.BrokerException;

/**
 * An account's requests in any 60 seconds, shared by all callers: exits before cancels before reads
 * of exits before other reads, within one urgency in order of arrival. The last tenth is kept from
 * ordinary reads, the last twentieth from all but exit orders. Time comes from an injected
 * monotonic clock in nanoseconds.
 */
public final class RateBudget {
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_NAP = Duration.ofMillis(250).toNanos();

  /** A place in the queue. */
  static final class Place {
    private final Urgency urgency;
    private final long number;

    private Place(Urgency urgency, long number) {
      this.urgency = urgency;
      this.number = number;
    }
  }

  private final int perMinute;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Long> granted = new ArrayDeque<>();
  private final PriorityQueue<Place> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Place place) -> place.urgency)
              .thenComparingLong(place -> place.number));
  private long arrivals;

  /** Until when nothing of an urgency goes; none while nothing holds it up. */
  private final Map<Urgency, Long> blockedUntil = new EnumMap<>(Urgency.class);

  /**
   * @param perMinute 0 for no limit
   */
  public RateBudget(int perMinute, LongSupplier nanoClock) {
    this.perMinute = perMinute;
    this.nanoClock = nanoClock;
  }

  /**
   * Waits until a request of this urgency may go.
   *
   * @throws BrokerException of kind RATE_LIMITED where that takes longer than 10 s: what was asked
   *     for so long ago has to be decided anew
   */
  public void acquire(Urgency urgency) {
    Place place = enqueue(urgency);
    long start = nanoClock.getAsLong();
    lock.lock();
    try {
      while (!tryTake(place)) {
        if (nanoClock.getAsLong() - start >= PATIENCE) {
          waiting.remove(place);
          changed.signalAll();
          throw new BrokerException(
              BrokerException.Kind.RATE_LIMITED, "the account's rate budget is used up");
        }
        changed.awaitNanos(LONGEST_NAP);
      }
    } catch (InterruptedException e) {
      waiting.remove(place);
      changed.signalAll();
      Thread.currentThread().interrupt();
      throw new BrokerException(
          BrokerException.Kind.INTERRUPTED, "interrupted while waiting for the rate budget");
    } finally {
      lock.unlock();
    }
  }

  /** In how much time so many requests may go, in the long run; zero where there is no limit. */
  public Duration timeFor(int requests) {
    return perMinute == 0
        ? Duration.ZERO
        : Duration.ofNanos(WINDOW).multipliedBy(requests).dividedBy(perMinute);
  }

  /**
   * Sends nothing of some urgencies for a while: the broker said 429.
   *
   * @param mostUrgent it and everything that is less urgent waits
   */
  void blockFor(Duration time, Urgency mostUrgent) {
    lock.lock();
    try {
      long until = nanoClock.getAsLong() + time.toNanos();
      EnumSet.range(mostUrgent, Urgency.READ)
          .forEach(urgency -> blockedUntil.merge(urgency, until, (a, b) -> a - b > 0 ? a : b));
    } finally {
      lock.unlock();
    }
  }

  Place enqueue(Urgency urgency) {
    lock.lock();
    try {
      Place place = new Place(urgency, arrivals++);
      waiting.add(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /** Requests that may still go in this minute, exits included; empty where there is no limit. */
  OptionalInt left() {
    if (perMinute == 0) {
      return OptionalInt.empty();
    }
    lock.lock();
    try {
      forgetOld(nanoClock.getAsLong());
      return OptionalInt.of(Math.max(0, perMinute - granted.size()));
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld(long now) {
    while (!granted.isEmpty() && now - granted.peekFirst() >= WINDOW) {
      granted.removeFirst();
    }
  }

  /** Takes a request if it is this place's turn and one is left. */
  boolean tryTake(Place place) {
    lock.lock();
    try {
      long now = nanoClock.getAsLong();
      if (isBlocked(place.urgency, now)) {
        return false;
      }
      forgetOld(now);
      if (waiting.peek() != place
          || (perMinute > 0 && granted.size() >= allowance(place.urgency))) {
        return false;
      }
      waiting.remove();
      if (perMinute > 0) {
        granted.addLast(now);
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isBlocked(Urgency urgency, long now) {
    Long until = blockedUntil.get(urgency);
    if (until != null && now - until >= 0) {
      blockedUntil.remove(urgency);
      return false;
    }
    return until != null;
  }

  private int allowance(Urgency urgency) {
    return switch (urgency) {
      case EXIT -> perMinute;
      case CANCEL, EXIT_READ -> Math.max(1, perMinute - perMinute / 20);
      case READ -> Math.max(1, perMinute - perMinute / 10);
    };
  }
}
