package org.positionmanager.activities.alpaca;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.positionmanager.activities.live.StreamFault;

/** Waits between tries, with the defaults: 250 ms first, 30 s at most, 5 min once refused. */
class BackOffTest {
  private final BackOff backOff = new BackOff(StreamSettings.DEFAULT, new SplittableRandom(1));

  @Test
  @DisplayName("waits double, between half and all of it, up to the longest")
  void doubles() {
    for (int failures = 0; failures < 40; failures++) {
      long whole = Math.min(30_000, 250L << Math.min(failures, 20));
      assertThat(backOff.after(StreamFault.BROKEN, failures))
          .isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
    }
  }

  @Test
  @DisplayName("waits are spread by chance")
  void isSpread() {
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(i -> backOff.after(StreamFault.CLOSED, 3))
                .collect(Collectors.toSet()))
        .hasSizeGreaterThan(90);
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamFault.class,
      names = {"CREDENTIALS", "NOT_ENTITLED"})
  @DisplayName("what only a person mends is tried again after minutes, even the first time")
  void isPatientWithRefusals(StreamFault fault) {
    assertThat(backOff.after(fault, 0)).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
  }

  @Test
  @DisplayName("a connection limit is met with a second's patience from the start")
  void isPatientWithLimits() {
    assertThat(backOff.after(StreamFault.CONNECTION_LIMIT, 0))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }
}
