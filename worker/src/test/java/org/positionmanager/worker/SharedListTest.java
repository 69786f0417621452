package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One list for all that ask. */
@Timeout(60)
class SharedListTest {
  private static final Duration GOOD_FOR = Duration.ofSeconds(5);
  private static final int MANY = 20;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger asking = new AtomicInteger();
  private final Set<String> of = ConcurrentHashMap.newKeySet();

  private SharedList<String, String> ofLarge(Function<Set<String>, Set<String>> listing) {
    of.add("large");
    return new SharedList<>(of, listing, GOOD_FOR, nanos::get);
  }

  private Set<String> ask(SharedList<String, String> list, String name) {
    return list.of(listed -> listed.contains(name));
  }

  @Test
  @DisplayName("a list is good for a while for all that it lists, and for nobody else")
  void goodForAWhile() {
    SharedList<String, String> list =
        new SharedList<>(
            of, names -> Set.of("list " + made.incrementAndGet()), GOOD_FOR, nanos::get);
    of.addAll(Set.of("large", "tiny"));
    assertThat(ask(list, "large")).containsExactly("list 1");
    nanos.addAndGet(GOOD_FOR.toNanos() - 1);
    assertThat(ask(list, "tiny")).containsExactly("list 1");
    nanos.incrementAndGet();
    assertThat(ask(list, "tiny")).containsExactly("list 2");
    of.add("new");
    assertThat(ask(list, "large")).containsExactly("list 2");
    assertThat(ask(list, "new")).containsExactly("list 3");
  }

  @Test
  @DisplayName(
      "however long making one takes, those who wait for it make one more and not one each")
  void thoseWhoWaitTakeWhatWasBegunAfterTheyAsked() throws Exception {
    CountDownLatch allAsk = new CountDownLatch(1);
    of.add("large");
    SharedList<String, String> list =
        new SharedList<>(
            of,
            names -> {
              Latches.await(allAsk);
              nanos.addAndGet(2 * GOOD_FOR.toNanos());
              return Set.of("list " + made.incrementAndGet());
            },
            GOOD_FOR,
            () -> {
              asking.incrementAndGet();
              return nanos.get();
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Set<String>> first = threads.submit(() -> ask(list, "large"));
      // it looks at the clock when it asks and when it begins
      await().alias("the first to make it").until(() -> asking.get() == 2);
      nanos.incrementAndGet();
      List<Future<Set<String>>> others = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        others.add(threads.submit(() -> ask(list, "large")));
      }
      await().alias("all to have asked").until(() -> asking.get() == 2 + MANY);
      allAsk.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS)).containsExactly("list 1");
      for (Future<Set<String>> other : others) {
        assertThat(other.get(10, TimeUnit.SECONDS)).containsExactly("list 2");
      }
    }
    assertThat(made).hasValue(2);
  }

  @Test
  @DisplayName("a failure is told to who asked, and the next asks again")
  void aFailureIsToldAndNotKept() {
    SharedList<String, String> list =
        ofLarge(
            names -> {
              if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("the engine is away");
              }
              return Set.of("list " + made.get());
            });
    assertThatThrownBy(() -> ask(list, "large")).hasMessage("the engine is away");
    assertThat(ask(list, "large")).containsExactly("list 2");
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    SharedList<String, String> list =
        ofLarge(
            names -> {
              made.incrementAndGet();
              Latches.await(end);
              return Set.of();
            });
    Thread making = Thread.ofVirtual().start(() -> ask(list, "large"));
    await().alias("one to make it").until(() -> made.get() == 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ask(list, "large")).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
    making.join();
  }
}
