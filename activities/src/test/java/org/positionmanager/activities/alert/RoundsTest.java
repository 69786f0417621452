package org.positionmanager.activities.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done again and again, or until it went well once. */
@Timeout(30)
class RoundsTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private final AtomicInteger times = new AtomicInteger();
  private final CountDownLatch thrice = new CountDownLatch(3);

  private void failTwice() {
    times.incrementAndGet();
    thrice.countDown();
    if (thrice.getCount() > 0) {
      throw new IllegalStateException("the engine is away");
    }
  }

  @Test
  void whatHasToBeDoneOnceIsTriedUntilItGoesWellAndThenNoMore() throws Exception {
    try (Rounds rounds = Rounds.untilDone("test", SHORT, this::failTwice)) {
      assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
      rounds.awaitEnd();
    }
    assertThat(times).hasValue(3);
  }

  @Test
  void whatIsDoneEachWhileGoesOnAfterAFailure() throws Exception {
    try (Rounds rounds = Rounds.start("test", SHORT, this::failTwice)) {
      assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anErrorEndsOneTimeAndNotAll() throws Exception {
    Runnable work =
        () -> {
          thrice.countDown();
          if (thrice.getCount() == 2) {
            throw new StackOverflowError("the first time");
          }
        };
    try (Rounds rounds = Rounds.start("test", SHORT, work)) {
      assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void roundsOfManyAccountsBeginAtDifferentPlacesWithinOnePause() {
    Duration pause = Duration.ofSeconds(10);
    List<Duration> places =
        IntStream.range(0, 100)
            .mapToObj(it -> Rounds.place("coverage: account more-%03d".formatted(it), pause))
            .sorted()
            .toList();
    assertThat(places).allMatch(it -> it.isPositive() && it.compareTo(pause) <= 0);
    for (int second = 0; second < 10; second++) {
      Duration from = Duration.ofSeconds(second);
      assertThat(places)
          .as("in second " + second)
          .filteredOn(it -> it.compareTo(from) > 0 && it.compareTo(from.plusSeconds(1)) <= 0)
          .hasSizeBetween(5, 20);
    }
  }
}
