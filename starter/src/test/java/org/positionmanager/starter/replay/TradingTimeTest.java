package org.positionmanager.starter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.replay.Sessions;

/** Friday 2026-02-13 and Tuesday 2026-02-17, with a weekend and a holiday between. */
class TradingTimeTest {
  private static final Instant FRIDAY = Instant.parse("2026-02-13T14:30:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-02-17T14:30:00Z");
  private static final double SESSION = 390 * 60;

  private static TradingTime time(Instant first, Instant last) {
    return new TradingTime(first, last, Sessions.ofNyse());
  }

  @Test
  void closedTimeTakesNoRoom() {
    TradingTime time = time(FRIDAY, TUESDAY.plusSeconds(600));
    assertThat(time.at(FRIDAY)).isZero();
    assertThat(time.at(FRIDAY.plusSeconds(90))).isEqualTo(90);
    assertThat(time.at(FRIDAY.plus(Duration.ofHours(30)))).isEqualTo(SESSION);
    assertThat(time.at(TUESDAY)).isEqualTo(SESSION);
    assertThat(time.at(TUESDAY.plusSeconds(60))).isEqualTo(SESSION + 60);
    assertThat(time.nights()).containsExactly(SESSION);
    assertThat(time.ticks(10))
        .containsExactly(new TradingTime.Tick(0, "02-13"), new TradingTime.Tick(SESSION, "02-17"));
  }

  @Test
  void aDayIsMarkedByItsHoursInNewYork() {
    TradingTime time = time(FRIDAY, FRIDAY.plus(Duration.ofHours(3)));
    assertThat(time.ticks(6))
        .extracting(TradingTime.Tick::label)
        .containsExactly("10:00", "11:00", "12:00");
    assertThat(time.ticks(6).getFirst().at()).isEqualTo(1800);
  }

  @Test
  void oneMomentHasAWidth() {
    TradingTime time = time(FRIDAY, FRIDAY);
    assertThat(time.end()).isGreaterThan(time.start());
    assertThat(time.ticks(5)).extracting(TradingTime.Tick::label).containsExactly("09:30");
  }
}
