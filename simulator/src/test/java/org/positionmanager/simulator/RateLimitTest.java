package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.simulator.RateLimit.Side.TRADING;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant MINUTE = Instant.parse("2026-02-11T15:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(MINUTE.plusSeconds(59));
  private final RateLimit limit = new RateLimit(now::get);

  @Test
  @DisplayName("the 201st request of a minute is too many, the first of the next is not")
  void limits() {
    for (int request = 1; request <= 200; request++) {
      assertThat(limit.count("large", TRADING, 200).exceeded()).isFalse();
    }
    RateLimit.Standing last = limit.count("large", TRADING, 200);
    assertThat(last.exceeded()).isTrue();
    assertThat(last.headers())
        .containsEntry("X-Ratelimit-Limit", "200")
        .containsEntry("X-Ratelimit-Remaining", "0")
        .containsEntry("X-Ratelimit-Reset", "" + MINUTE.plusSeconds(60).getEpochSecond());
    now.set(MINUTE.plusSeconds(60));
    assertThat(limit.count("large", TRADING, 200).remaining()).isEqualTo(199);
  }

  @Test
  @DisplayName("each account has its own limit, and one without a limit is never refused")
  void separatesAccounts() {
    limit.count("large", TRADING, 1);
    assertThat(limit.count("large", TRADING, 1).exceeded()).isTrue();
    assertThat(limit.count("tiny", TRADING, 1).exceeded()).isFalse();
    for (int request = 0; request < 500; request++) {
      assertThat(limit.count("free", TRADING, 0).exceeded()).isFalse();
    }
  }

  @Test
  @DisplayName("market data is counted by itself")
  void separatesHosts() {
    limit.count("large", TRADING, 1);
    assertThat(limit.count("large", RateLimit.Side.of("/v2/stocks/quotes"), 1).exceeded())
        .isFalse();
    assertThat(limit.count("large", RateLimit.Side.of("/v1beta1/options/bars"), 1).exceeded())
        .isTrue();
    assertThat(limit.count("large", RateLimit.Side.of("/v2/orders"), 1).exceeded()).isTrue();
  }
}
