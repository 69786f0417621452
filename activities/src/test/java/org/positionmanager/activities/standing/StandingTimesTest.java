package org.positionmanager.activities.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.positionmanager.workflows.market.MarketMoment;
import org.positionmanager.workflows.market.NyseCalendar;
import org.positionmanager.workflows.market.TradingSession;

/** When an account is looked at: each minute of a session, once after it, and now and then. */
class StandingTimesTest {
  private static final TradingSession DAY =
      NyseCalendar.on(LocalDate.of(2026, 2, 11)).orElseThrow();
  private static final TradingSession NEXT =
      NyseCalendar.on(LocalDate.of(2026, 2, 12)).orElseThrow();
  private static final Instant NOON = Instant.parse("2026-02-11T17:00:00Z");
  private static final Instant CLOSE = DAY.closeExclusive();

  private static boolean isDue(Instant last, Instant now) {
    return isDue(last, now, 1);
  }

  private static boolean isDue(Instant last, Instant now, double speed) {
    return StandingTimes.isDue(
        Optional.of(last),
        DAY.contains(last),
        new MarketMoment(now, Optional.of(DAY).filter(it -> it.contains(now)), NEXT, speed));
  }

  @Test
  void theFirstLookIsDueAtOnce() {
    assertThat(
            StandingTimes.isDue(
                Optional.empty(), false, new MarketMoment(CLOSE, Optional.empty(), NEXT, 1)))
        .isTrue();
  }

  @Test
  void aMinuteApartWhileTheMarketIsOpen() {
    assertThat(isDue(NOON, NOON.plusSeconds(59))).isFalse();
    assertThat(isDue(NOON, NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void onceAfterTheCloseHoweverShortBeforeTheLastWas() {
    Instant last = CLOSE.minusSeconds(1);
    assertThat(isDue(last, CLOSE.minusMillis(1))).isFalse();
    assertThat(isDue(last, CLOSE)).isTrue();
    assertThat(isDue(CLOSE, CLOSE.plusSeconds(60))).as("only once").isFalse();
  }

  @Test
  void halfAnHourApartWhileItIsShut() {
    assertThat(isDue(CLOSE, CLOSE.plusSeconds(1799))).isFalse();
    assertThat(isDue(CLOSE, CLOSE.plusSeconds(1800))).isTrue();
  }

  @Test
  void aSimulatedNightIsLookedAtOnceARealMinuteAtMost() {
    assertThat(isDue(CLOSE, CLOSE.plusSeconds(35_999), 600)).isFalse();
    assertThat(isDue(CLOSE, CLOSE.plusSeconds(36_000), 600)).isTrue();
    assertThat(isDue(NOON, NOON.plusSeconds(60), 600)).as("in its session").isTrue();
  }
}
