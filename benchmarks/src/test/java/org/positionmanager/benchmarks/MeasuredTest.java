package org.positionmanager.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  /** From 1 to 100 ms, the longest first. */
  private static final long[] NANOS =
      LongStream.rangeClosed(1, 100).map(i -> (101 - i) * 1_000_000).toArray();

  private static Measured rate(long atLeast) {
    return Measured.rate("orders", 100, Duration.ofMillis(500), NANOS, atLeast);
  }

  @Test
  @DisplayName("half took at most the 50th, 99 of 100 the 99th, all the longest")
  void tellsPercentiles() {
    Measured row = rate(200);
    assertThat(row.p50Millis()).isEqualTo(50);
    assertThat(row.p99Millis()).isEqualTo(99);
    assertThat(row.maxMillis()).isEqualTo(100);
  }

  @Test
  @DisplayName("a target is met by as many a second as it says, and missed by one less")
  void judgesTheTarget() {
    assertThat(rate(200).perSecond()).isEqualTo(200);
    assertThat(rate(200).met()).isTrue();
    assertThat(rate(201).met()).isFalse();
  }

  @Test
  @DisplayName("programs read it by the names that the README says")
  void isWritten() throws Exception {
    assertThat(new ObjectMapper().valueToTree(rate(200)).fieldNames())
        .toIterable()
        .containsExactly("name", "n", "per_second", "p50_ms", "p99_ms", "max_ms", "target", "met");
  }
}
