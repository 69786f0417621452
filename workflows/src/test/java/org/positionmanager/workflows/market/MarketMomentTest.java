package org.positionmanager.workflows.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MarketMomentTest {
  private static final TradingSession NEXT =
      new TradingSession(
          LocalDate.parse("2026-02-12"),
          Instant.parse("2026-02-12T14:30:00Z"),
          Instant.parse("2026-02-12T21:00:00Z"));

  private static MarketMoment closedAt(String now) {
    return new MarketMoment(Instant.parse(now), Optional.empty(), NEXT, 1);
  }

  @Test
  @DisplayName("it stays closed for longer than two minutes until two minutes before the open")
  void closed() {
    Duration time = Duration.ofMinutes(2);
    assertThat(closedAt("2026-02-12T14:27:59Z").isClosedFor(time)).isTrue();
    assertThat(closedAt("2026-02-12T14:28:00Z").isClosedFor(time)).isFalse();
  }

  @Test
  void anOpenMarketIsNotClosed() {
    MarketMoment open =
        new MarketMoment(
            NEXT.openInclusive().minus(Duration.ofDays(1)), Optional.of(NEXT), NEXT, 1);
    assertThat(open.isClosedFor(Duration.ZERO)).isFalse();
  }
}
