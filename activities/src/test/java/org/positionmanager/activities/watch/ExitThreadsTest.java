package org.positionmanager.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExitThreadsTest {
  private final ExitThreads threads = new ExitThreads("desk");
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void end() {
    release.countDown();
    threads.shutdown();
  }

  @Test
  void anExitDoesNotStandInLineBehindWhatComputesOnEveryCarrier() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread.startVirtualThread(
          () -> {
            while (!over.get()) {
              Thread.onSpinWait();
            }
          });
    }
    try {
      CountDownLatch ran = new CountDownLatch(1);
      threads.execute(ran::countDown);
      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      over.set(true);
    }
  }

  @Test
  void aWholeBookAtOnceWaitsForNoneOfThemToEnd() throws Exception {
    int book = 10 * ExitThreads.OF_THE_SYSTEM;
    CountDownLatch begun = new CountDownLatch(book);
    Set<Thread> ofTheSystem =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    for (int i = 0; i < book; i++) {
      threads.execute(
          () -> {
            if (!Thread.currentThread().isVirtual()) {
              ofTheSystem.add(Thread.currentThread());
            }
            begun.countDown();
            awaitRelease();
          });
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ofTheSystem).hasSize(ExitThreads.OF_THE_SYSTEM);
  }

  @Test
  void whatIsUnderWayIsAwaitedAndNothingIsTakenAfterwards() throws Exception {
    for (int i = 0; i <= ExitThreads.OF_THE_SYSTEM; i++) {
      threads.execute(this::awaitRelease);
    }
    threads.shutdown();
    assertThatThrownBy(() -> threads.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(threads.awaitTermination(Duration.ofMillis(1))).isFalse();
    release.countDown();
    assertThat(threads.awaitTermination(Duration.ofSeconds(20))).isTrue();
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
