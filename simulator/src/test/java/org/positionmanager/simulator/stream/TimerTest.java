package org.positionmanager.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerTest {
  private static final long PATIENCE_SECONDS = 20;
  private static final int BEATS = 40;

  @Test
  @DisplayName("work that takes longer than its beat does not hold up what else is due")
  void keepsNoBacklog() throws Exception {
    try (Timer timer = new Timer()) {
      AtomicInteger beats = new AtomicInteger();
      CountDownLatch busy = new CountDownLatch(BEATS);
      timer.every(
          Duration.ofMillis(1),
          () -> {
            LockSupport.parkNanos(5_000_000);
            beats.incrementAndGet();
            busy.countDown();
          });
      assertThat(busy.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      int before = beats.get();
      CompletableFuture<Integer> between = new CompletableFuture<>();
      timer.after(Duration.ZERO, () -> between.complete(beats.get() - before));
      assertThat(between.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isLessThan(BEATS / 4);
    }
  }

  @Test
  @DisplayName("a beat that fails is followed by the next")
  void survivesFailures() throws Exception {
    try (Timer timer = new Timer()) {
      CountDownLatch beats = new CountDownLatch(3);
      timer.every(
          Duration.ofMillis(1),
          () -> {
            beats.countDown();
            throw new IllegalStateException("on purpose");
          });
      assertThat(beats.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }
}
