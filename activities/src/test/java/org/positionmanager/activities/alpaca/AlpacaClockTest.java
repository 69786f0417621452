package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.positionmanager.activities.broker.BrokerException;

class AlpacaClockTest {
  private static final Instant THREE = Instant.parse("2026-02-10T15:00:00Z");

  private final StubAlpaca alpaca = new StubAlpaca();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AlpacaClock clock = new AlpacaClock(alpaca.http(nanos::get), nanos::get);

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

  private void simulatorSays(String timestamp, Map<String, String> pace) {
    alpaca.on(
        "GET /v2/clock",
        any -> new StubAlpaca.Reply(200, "{\"timestamp\":\"" + timestamp + "\"}", pace));
  }

  @Test
  void aSimulatedDayPassesAsFastAsItsExchangeTells() {
    simulatorSays("2026-02-10T15:00:00Z", Map.of("X-Simulated-Pace", "60.0"));
    clock.now();
    pass(Duration.ofSeconds(2));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(120));
    assertThat(clock.speed()).isEqualTo(60);
  }

  @Test
  void aPaceThatIsAnnouncedToChangeChangesAtItsMomentAndTheExchangeIsAskedAgainThen() {
    simulatorSays(
        "2026-02-10T15:00:00Z",
        Map.of(
            "X-Simulated-Pace", "60.0",
            "X-Simulated-Next-Pace", "6000.0 from 2026-02-10T15:10:00Z"));
    clock.now();
    pass(Duration.ofSeconds(10).minusNanos(1));
    assertThat(clock.speed()).isEqualTo(60);
    alpaca.on("GET /v2/clock", 500, "{}");
    pass(Duration.ofMillis(500).plusNanos(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(600 + 3_000));
    assertThat(clock.speed()).isEqualTo(6_000);
    assertThat(alpaca.requests).hasSize(2);
  }

  @Test
  void whereTimeStandsItIsAskedForAgainSoonAndTimersRunInRealTime() {
    simulatorSays("2026-02-10T15:00:00Z", Map.of("X-Simulated-Pace", "0.0"));
    clock.now();
    pass(Duration.ofMillis(249));
    assertThat(clock.now()).isEqualTo(THREE);
    assertThat(clock.speed()).isEqualTo(1);
    simulatorSays("2026-02-10T16:00:00Z", Map.of("X-Simulated-Pace", "1.0"));
    pass(Duration.ofMillis(1));
    assertThat(clock.now()).isEqualTo(THREE.plusSeconds(3_600));
  }

  @Test
  void aPaceThatCannotBeReadMakesTheTimeUnreadable() {
    simulatorSays("2026-02-10T15:00:00Z", Map.of("X-Simulated-Pace", "fast"));
    assertThatThrownBy(clock::now).isInstanceOf(BrokerException.class);
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
