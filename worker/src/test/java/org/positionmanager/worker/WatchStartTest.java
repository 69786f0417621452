package org.positionmanager.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.workflows.identity.AccountName;

/** The watch's workflow is seen to for as long as the account is served. */
@Timeout(60)
class WatchStartTest {
  private static final AccountName TINY = new AccountName("tiny");
  private static final Duration EACH = Duration.ofMillis(5);

  private final AtomicInteger starts = new AtomicInteger();

  @Test
  @DisplayName("whatever goes wrong at a start, it is tried again")
  void whateverGoesWrongItIsTriedAgain() {
    Runnable starting =
        () -> {
          switch (starts.incrementAndGet()) {
            case 1 -> throw new StatusRuntimeException(Status.UNAVAILABLE);
            case 2 -> throw new IllegalStateException("the connection is closed");
            case 3 -> throw new IllegalArgumentException("a payload that cannot be written");
            default -> {}
          }
        };
    try (WatchStart started = WatchStart.of(TINY, starting, EACH)) {
      started.begin(() -> false);
      await().until(() -> starts.get() >= 5);
    }
  }

  @Test
  @DisplayName("whoever hears that the engine has lost it has it seen to at once")
  void itIsSeenToAtOnceWhereAsked() {
    Runnable starting = starts::incrementAndGet;
    try (WatchStart started = WatchStart.of(TINY, starting, Duration.ofHours(1))) {
      started.begin(() -> false);
      await().alias("the first start").until(() -> starts.get() == 1);
      started.now();
      await().alias("the one asked for").until(() -> starts.get() == 2);
    }
  }

  @Test
  @DisplayName("where it is known to run the engine is not asked")
  void whereItIsKnownToRunTheEngineIsNotAsked() {
    AtomicInteger looks = new AtomicInteger();
    AtomicBoolean running = new AtomicBoolean(true);
    try (WatchStart started = WatchStart.of(TINY, starts::incrementAndGet, EACH)) {
      started.begin(
          () -> {
            looks.incrementAndGet();
            return running.get();
          });
      await().alias("looks").until(() -> looks.get() >= 3);
      assertThat(starts).hasValue(0);
      running.set(false);
      await().alias("a start").until(() -> starts.get() >= 1);
    }
  }
}
