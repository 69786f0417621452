package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlatnessTest {
  @Test
  @DisplayName("what rises while caches fill, and stays then, is flat")
  void forgivesTheFirstHalf() {
    assertThat(Flatness.of(List.of(10.0, 60.0, 90.0, 100.0, 100.0, 100.0, 100.0, 100.0)).isFlat())
        .isTrue();
  }

  @Test
  @DisplayName("a leak is seen: the line's rise over the second half, by least squares")
  void seesLeaks() {
    Flatness leak = Flatness.of(List.of(100.0, 100.0, 100.0, 100.0, 100.0, 110.0, 120.0, 130.0));
    assertThat(leak.rise()).isCloseTo(30, within(1e-9));
    assertThat(leak.mean()).isCloseTo(115, within(1e-9));
    assertThat(leak.isFlat()).isFalse();
  }

  @Test
  @DisplayName("samples that go up and down around their mean are flat, one that falls is too")
  void forgivesNoise() {
    assertThat(Flatness.of(List.of(0.0, 0.0, 0.0, 0.0, 90.0, 110.0, 110.0, 90.0)).rise())
        .isCloseTo(0, within(1e-9));
    assertThat(Flatness.of(List.of(0.0, 0.0, 100.0, 60.0)).isFlat()).isTrue();
  }

  @Test
  @DisplayName("the bound itself is met")
  void meetsTheBound() {
    assertThat(Flatness.of(List.of(0.0, 0.0, 95.0, 105.0)).isFlat()).isTrue();
    assertThat(Flatness.of(List.of(0.0, 0.0, 94.0, 106.0)).isFlat()).isFalse();
  }

  @Test
  @DisplayName("too few samples have no trend")
  void refusesFew() {
    assertThatThrownBy(() -> Flatness.of(List.of(1.0, 2.0, 3.0)))
        .hasMessageContaining("needs 4 samples, got 3");
  }
}
