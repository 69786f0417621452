package org.positionmanager.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A list that many ask for, made by one of them at a time and good for a while for all. Where
 * making it takes longer than it is good for, whoever waited takes what was begun after they asked,
 * so that those who wait never make one after the other; that goes for a failure too.
 *
 * @param <O> of what it is a list
 * @param <T> what it lists
 */
final class SharedList<O, T> {
  /**
   * @param of what was listed
   * @param listed empty where it failed
   * @param failure empty where it did not
   * @param at when it began, by the clock that never goes back
   */
  private record Last<O, T>(
      Set<O> of, Optional<Set<T>> listed, Optional<RuntimeException> failure, long at) {}

  private final Set<O> of;
  private final Function<Set<O>, Set<T>> listing;
  private final Duration goodFor;
  private final LongSupplier nanos;
  private final ReentrantLock making = new ReentrantLock();
  private Optional<Last<O, T>> last = Optional.empty();

  /**
   * @param of what is to be listed, as it is whenever a list is made; safe for threads
   * @param listing makes a list
   * @param nanos a clock that never goes back
   */
  SharedList(Set<O> of, Function<Set<O>, Set<T>> listing, Duration goodFor, LongSupplier nanos) {
    this.of = of;
    this.listing = listing;
    this.goodFor = goodFor;
    this.nanos = nanos;
  }

  /**
   * The list, made now where there is none to be had.
   *
   * @param enough whether a list of this says what is asked
   * @throws IllegalStateException where the thread was interrupted while it waited
   */
  Set<T> of(Predicate<Set<O>> enough) {
    long asked = nanos.getAsLong();
    take();
    try {
      Last<O, T> answer =
          last.filter(it -> enough.test(it.of()))
              .filter(it -> it.at() - asked > 0 || isGood(it))
              .orElseGet(this::make);
      return answer.listed().orElseThrow(() -> answer.failure().orElseThrow());
    } finally {
      making.unlock();
    }
  }

  private boolean isGood(Last<O, T> it) {
    return it.listed().isPresent() && nanos.getAsLong() - it.at() < goodFor.toNanos();
  }

  private Last<O, T> make() {
    Set<O> now = Set.copyOf(of);
    long at = nanos.getAsLong();
    Last<O, T> made;
    try {
      made = new Last<>(now, Optional.of(listing.apply(now)), Optional.empty(), at);
    } catch (RuntimeException e) {
      made = new Last<>(now, Optional.empty(), Optional.of(e), at);
    }
    last = Optional.of(made);
    return made;
  }

  private void take() {
    try {
      making.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another had the list made", e);
    }
  }
}
