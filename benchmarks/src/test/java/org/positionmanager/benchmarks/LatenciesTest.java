package org.positionmanager.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  @DisplayName("of few, the 99th percentile is the longest: nothing is interpolated")
  void takesTheLongestOfFew() {
    Latencies few =
        Latencies.of(List.of(Duration.ofMillis(3), Duration.ofMillis(1), Duration.ofMillis(2)));
    assertThat(few.count()).isEqualTo(3);
    assertThat(few.p50Millis()).isEqualTo(2);
    assertThat(few.p99Millis()).isEqualTo(3);
    assertThat(few.maxMillis()).isEqualTo(3);
  }

  @Test
  @DisplayName("a single long one among 100 shows in the longest only")
  void keepsOutliersApart() {
    long[] nanos = new long[100];
    java.util.Arrays.fill(nanos, 1_000_000);
    nanos[17] = 500_000_000;
    Latencies many = Latencies.of(nanos);
    assertThat(many.p99Millis()).isEqualTo(1);
    assertThat(many.maxMillis()).isEqualTo(500);
  }

  @Test
  @DisplayName("of nothing there are no percentiles")
  void refusesNothing() {
    assertThatThrownBy(() -> Latencies.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing was measured");
  }
}
