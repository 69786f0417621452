package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;

class AlpacaClockTest {
  private static final Instant THREE = Instant.parse("2026-02-10T15:00:00Z");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AlpacaClock clock = clock(1);

  private AlpacaClock clock(double speed) {
    return new AlpacaClock(alpaca.http(nanos::get), speed, nanos::get);
  }

  @AfterEach
  void stop() {
    alpaca.close();
  }

  private void exchangeSays(String timestamp) {
    alpaca.on("GET /v2/clock", 200, "{\"is_open\":true,\"timestamp\":\"" + timestamp + "\"}");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void theExchangesTimeIsReadWithItsOffsetAndItsNanoseconds() {
    exchangeSays("2026-02-10T10:00:00.123456789-05:00");
    assertThat(clock.now()).isEqualTo(THREE.plusNanos(123456789));
  }

  @Test
  void betweenReadsTimePassesByTheMachinesMonotonicClockEvenWhereItWrapsAround() {
    exchangeSays("2026-02-10T10:00:00-05:00");
    clock.now();
    pass(Duration.ofSeconds(59));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(59));
    assertThat(alpaca.requests).hasSize(1);
  }

  @Test
  void aSimulatedDayPassesFaster() {
    AlpacaClock fast = clock(60);
    exchangeSays("2026-02-10T15:00:00Z");
    fast.now();
    pass(Duration.ofSeconds(2));
    assertThat(fast.now()).isEqualTo(THREE.plusSeconds(120));
    assertThat(fast.speed()).isEqualTo(60);
  }

  @Test
  void theAnswerIsTakenForTheMiddleOfTheRoundTrip() {
    alpaca.on(
        "GET /v2/clock",
        any -> {
          pass(Duration.ofSeconds(2));
          return new StubAlpaca.Reply(200, "{\"timestamp\":\"2026-02-10T15:00:00Z\"}");
        });
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(1));
  }

  @Test
  void afterAMinuteTheExchangeIsAskedAgainAndHasTheLastWord() {
    exchangeSays("2026-02-10T15:00:00Z");
    clock.now();
    exchangeSays("2026-02-10T15:01:03Z");
    pass(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(63));
    assertThat(alpaca.requests).hasSize(2);
  }

  @Test
  void aFailedRefreshGoesOnWithTheOldTimeAndIsTriedAgainAfterFiveSeconds() {
    exchangeSays("2026-02-10T15:00:00Z");
    clock.now();
    alpaca.on("GET /v2/clock", 500, "{}");
    pass(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(60));
    pass(Duration.ofSeconds(5).minusNanos(1));
    clock.now();
    assertThat(alpaca.requests).hasSize(2);
    exchangeSays("2026-02-10T15:02:00Z");
    pass(Duration.ofNanos(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(120));
    assertThat(alpaca.requests).hasSize(3);
  }

  @Test
  void whoAsksDuringARefreshDoesNotWaitForIt() {
    exchangeSays("2026-02-10T15:00:00Z");
    clock.now();
    AtomicReference<Instant> meanwhile = new AtomicReference<>();
    alpaca.on(
        "GET /v2/clock",
        any -> {
          meanwhile.set(clock.now());
          return new StubAlpaca.Reply(200, "{\"timestamp\":\"2026-02-10T15:02:00Z\"}");
        });
    pass(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(120));
    assertThat(meanwhile).hasValue(THREE.plusSeconds(60));
  }

  @Test
  void withoutAFirstAnswerThereIsNoTimeAtAllAndTheNextCallAsksAgain() {
    alpaca.on("GET /v2/clock", 500, "{}");
    assertThatThrownBy(clock::now).isInstanceOf(BrokerException.class);
    exchangeSays("2026-02-10T15:00:00Z");
    assertThat(clock.now()).isEqualTo(THREE);
  }

  @Test
  void aTimeThatCannotBeReadIsNoTime() {
    exchangeSays("ten o'clock");
    assertThatThrownBy(clock::now)
        .isInstanceOfSatisfying(
            BrokerException.class,
            e -> assertThat(e.kind()).isEqualTo(BrokerException.Kind.UNREADABLE));
  }
}
