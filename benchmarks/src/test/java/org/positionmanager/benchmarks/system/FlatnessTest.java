package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlatnessTest {
  /** Twelve samples, of which these are the last third. */
  private static Flatness of(Double... last) {
    return Flatness.of(
        Stream.concat(Collections.nCopies(8, 10.0).stream(), Stream.of(last)).toList());
  }

  @Test
  @DisplayName("what rises while caches fill, and stays then, is flat")
  void forgivesTheBeginning() {
    assertThat(of(100.0, 100.0, 100.0, 100.0).isFlat()).isTrue();
  }

  @Test
  @DisplayName("a leak is seen: the line's rise over the last third, by least squares")
  void seesLeaks() {
    Flatness leak = of(100.0, 110.0, 120.0, 130.0);
    assertThat(leak.rise()).isCloseTo(30, within(1e-9));
    assertThat(leak.mean()).isCloseTo(115, within(1e-9));
    assertThat(leak.isFlat()).isFalse();
  }

  @Test
  @DisplayName("samples that go up and down around their mean are flat, one that falls is too")
  void forgivesNoise() {
    assertThat(of(90.0, 110.0, 110.0, 90.0).rise()).isCloseTo(0, within(1e-9));
    assertThat(of(100.0, 90.0, 80.0, 60.0).isFlat()).isTrue();
  }

  @Test
  @DisplayName("the bound itself is met, a little more is not")
  void meetsTheBound() {
    assertThat(of(95.0, 100.0, 100.0, 105.0).rise()).isCloseTo(9, within(1e-9));
    assertThat(new Flatness(100, 10).isFlat()).isTrue();
    assertThat(new Flatness(100, 10.01).isFlat()).isFalse();
  }

  @Test
  @DisplayName("too few samples have no trend")
  void refusesFew() {
    assertThatThrownBy(() -> Flatness.of(Collections.nCopies(11, 1.0)))
        .hasMessageContaining("needs 12 samples, got 11");
  }
}
