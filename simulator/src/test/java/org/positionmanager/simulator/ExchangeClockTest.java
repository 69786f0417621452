package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExchangeClockTest {
  /** 15:59 in New York, a minute before the close of a Wednesday. */
  private static final Instant BEFORE_CLOSE = Instant.parse("2026-02-11T20:59:00Z");

  private static final Instant CLOSE = Instant.parse("2026-02-11T21:00:00Z");
  private static final Instant NEXT_OPEN = Instant.parse("2026-02-12T14:30:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final StoredBound bound = new StoredBound();

  private static final class StoredBound implements ExchangeClock.Bound {
    Optional<Instant> stored = Optional.empty();

    @Override
    public Optional<Instant> load() {
      return stored;
    }

    @Override
    public void store(Instant moment) {
      stored = Optional.of(moment);
    }
  }

  private ExchangeClock clock(Pace... paces) {
    return new ExchangeClock(BEFORE_CLOSE, List.of(paces), nanos::get, bound);
  }

  private void pass(Duration real) {
    nanos.addAndGet(real.toNanos());
  }

  @Test
  @DisplayName("a minute of exchange time passes in a tenth of a second at 600 times real time")
  void runsAtItsPace() {
    ExchangeClock clock = clock(new Pace(BEFORE_CLOSE, 600, 600));
    pass(Duration.ofMillis(99));
    assertThat(clock.now()).isEqualTo(CLOSE.minusMillis(600));
  }

  @Test
  @DisplayName("time runs at the night's pace from the very close, and at the day's from the open")
  void changesPaceAtTheClose() {
    ExchangeClock clock = clock(new Pace(BEFORE_CLOSE, 60, 6_000));
    pass(Duration.ofSeconds(1).plusMillis(100));
    assertThat(clock.now()).isEqualTo(CLOSE.plusSeconds(600));
    assertThat(clock.speed()).isEqualTo(6_000);
    long rest = Duration.between(CLOSE.plusSeconds(600), NEXT_OPEN).toMillis() / 6_000;
    pass(Duration.ofMillis(rest).plusSeconds(2));
    assertThat(clock.now()).isEqualTo(NEXT_OPEN.plusSeconds(120));
    assertThat(clock.speed()).isEqualTo(60);
  }

  @Test
  @DisplayName("a pace that begins later holds from its moment on, whoever asks when")
  void changesPaceAtAMoment() {
    Instant later = BEFORE_CLOSE.plusSeconds(30);
    ExchangeClock clock = clock(new Pace(BEFORE_CLOSE, 10, 10), new Pace(later, 1, 1));
    pass(Duration.ofSeconds(8));
    assertThat(clock.now()).isEqualTo(later.plusSeconds(5));
  }

  @Test
  @DisplayName("the next pace is told with the moment of the change")
  void tellsTheNextPace() {
    ExchangeClock clock = clock(new Pace(BEFORE_CLOSE, 60, 6_000));
    assertThat(clock.nextPace()).contains(new Pace(CLOSE, 6_000, 6_000));
    assertThat(clock(new Pace(BEFORE_CLOSE, 60, 60)).nextPace()).isEmpty();
  }

  @Test
  @DisplayName("time stands at pace 0 until it is set")
  void stands() {
    ExchangeClock clock = clock(new Pace(BEFORE_CLOSE, 0, 0));
    pass(Duration.ofHours(5));
    assertThat(clock.now()).isEqualTo(BEFORE_CLOSE);
    clock.set(CLOSE, 2);
    pass(Duration.ofSeconds(1));
    assertThat(clock.now()).isEqualTo(CLOSE.plusSeconds(2));
  }

  @Test
  @DisplayName("after a kill no earlier moment is told than before it, and little time is lost")
  void neverRunsBack() {
    Pace pace = new Pace(BEFORE_CLOSE, 100, 100);
    ExchangeClock first = clock(pace);
    Instant last = first.now();
    for (int i = 0; i < 50; i++) {
      pass(Duration.ofMillis(7));
      last = first.now();
    }
    Instant next = clock(pace).now();
    assertThat(next).isBetween(last, last.plusSeconds(10));
  }

  @Test
  @DisplayName("only a clock that is not real time all along calls itself simulated")
  void knowsRealTime() {
    assertThat(clock(new Pace(BEFORE_CLOSE, 1, 1)).isSimulated()).isFalse();
    assertThat(clock(new Pace(BEFORE_CLOSE, 1, 6_000)).isSimulated()).isTrue();
  }
}
