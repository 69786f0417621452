package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bars of weeks and months. */
class LongBarsTest {
  private static final String STRETCH = "&start=2026-01-01&end=2026-01-31";

  @Test
  @DisplayName("weeks and months are what their days add up to")
  void addUpDays() throws Exception {
    Scenario walking =
        new Scenario(
            Scenarios.MORNING,
            0,
            1,
            List.of(Scenarios.account("large", 1_000)),
            List.of(Scenarios.walk("AAPL", "248")));
    try (SimulatorServer server = SimulatorServer.start(walking, "127.0.0.1", 0)) {
      Client client = new Client(server.url(), "large");
      List<JsonNode> days = bars(client, "1Day");
      // 20 sessions: New Year's Day and Martin Luther King's are holidays
      assertThat(days).hasSize(20);
      List<JsonNode> months = bars(client, "1Month");
      assertThat(months).hasSize(1);
      assertSum(months.getFirst(), days);
      List<JsonNode> weeks = bars(client, "1Week");
      assertSum(weeks.getFirst(), days.subList(1, 6));
      assertThat(bars(client, "1Day&sort=desc")).isEqualTo(days.reversed());
    }
  }

  private static List<JsonNode> bars(Client client, String timeframe) throws Exception {
    return client
        .get("/v2/stocks/AAPL/bars?timeframe=" + timeframe + STRETCH)
        .body()
        .path("bars")
        .valueStream()
        .toList();
  }

  private static void assertSum(JsonNode whole, List<JsonNode> days) {
    assertThat(whole.path("o")).isEqualTo(days.getFirst().path("o"));
    assertThat(whole.path("c")).isEqualTo(days.getLast().path("c"));
    assertThat(Optional.of(number(whole, "h")))
        .isEqualTo(days.stream().map(it -> number(it, "h")).max(Comparator.naturalOrder()));
    assertThat(Optional.of(number(whole, "l")))
        .isEqualTo(days.stream().map(it -> number(it, "l")).min(Comparator.naturalOrder()));
    assertThat(whole.path("v").asLong())
        .isEqualTo(days.stream().mapToLong(it -> it.path("v").asLong()).sum());
    BigDecimal worth =
        days.stream()
            .map(it -> number(it, "vw").multiply(number(it, "v")))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(number(whole, "vw").multiply(number(whole, "v")).subtract(worth).abs())
        .isLessThan(number(whole, "v").multiply(new BigDecimal("0.0001")));
  }

  private static BigDecimal number(JsonNode bar, String field) {
    return bar.path(field).decimalValue();
  }
}
