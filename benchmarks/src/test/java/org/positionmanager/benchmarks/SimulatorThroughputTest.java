package org.positionmanager.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the measurement measures; how fast the simulator is, no test judges. */
@Timeout(240)
class SimulatorThroughputTest {
  /** A second: a tenth of what is measured, so that a busy machine stands it too. */
  private static final long QUOTES = 1_000;

  @Test
  @DisplayName("a short run takes orders and delivers quotes, and its rows agree with themselves")
  void runs() throws Exception {
    List<Measured> rows =
        SimulatorThroughput.measure(Duration.ofSeconds(2), Duration.ofSeconds(2), QUOTES);
    assertThat(rows)
        .extracting(Measured::name)
        .containsExactly(
            "orders over HTTP, 20 clients",
            "quotes to each client (the slowest), 20 clients",
            "quotes delivered in total, 20 clients");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.n()).isPositive();
              assertThat(row.perSecond()).isEqualTo(row.n() / 2);
              assertThat(row.p50Millis()).isPositive().isLessThanOrEqualTo(row.p99Millis());
              assertThat(row.p99Millis()).isLessThanOrEqualTo(row.maxMillis());
            });
    assertThat(rows)
        .extracting(Measured::target)
        .containsExactly(
            "at least 1000 a second", "at least 990 a second", "at least 1000 a second");
    Measured slowest = rows.get(1);
    Measured all = rows.get(2);
    assertThat(all.n())
        .as("all together get at least what the slowest gets, each")
        .isGreaterThanOrEqualTo(20 * slowest.n());
  }
}
