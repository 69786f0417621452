package org.positionmanager.benchmarks.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.positionmanager.benchmarks.Latencies;

class RowTest {
  private static final List<String> ALWAYS =
      List.of("name", "positions", "n", "p50_ms", "p99_ms", "max_ms", "target_ms", "met");

  private static final Latencies TOOK =
      Latencies.of(List.of(Duration.ofMillis(4), Duration.ofMillis(9), Duration.ofMillis(12)));

  private static JsonNode json(Row row) throws Exception {
    return new ObjectMapper().readTree(Report.json(row));
  }

  private static List<String> fields(Row row) throws Exception {
    List<String> names = new ArrayList<>();
    json(row).fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  @DisplayName("every row has the eight fields, in their order, and after them what it has beyond")
  void hasAllFields() throws Exception {
    assertThat(fields(Row.durations("a", 1_000, TOOK, Duration.ofMillis(10), Row.Judged.P99)))
        .isEqualTo(ALWAYS);
    Row figure = Row.figure("b", Optional.empty(), 3, "calls", Optional.of("5"), Optional.of(true));
    assertThat(fields(figure).subList(0, ALWAYS.size())).isEqualTo(ALWAYS);
    assertThat(fields(figure).subList(ALWAYS.size(), 11))
        .containsExactly("value", "unit", "target");
    assertThat(fields(Row.skipped("c", Optional.of(10_000), "no time")).getLast())
        .isEqualTo("skipped");
  }

  @Test
  @DisplayName("what does not apply is null")
  void saysNull() throws Exception {
    JsonNode skipped = json(Row.skipped("c", Optional.of(10_000), "no time"));
    for (String field : List.of("n", "p50_ms", "p99_ms", "max_ms", "target_ms", "met")) {
      assertThat(skipped.path(field).isNull()).as(field).isTrue();
    }
    assertThat(skipped.path("positions").asInt()).isEqualTo(10_000);
  }

  @Test
  @DisplayName("a target counts for the figure that it is about, and is met by its exact value")
  void judges() throws Exception {
    assertThat(Row.durations("a", 1, TOOK, Duration.ofMillis(12), Row.Judged.MAX).isMissed())
        .isFalse();
    Row missed = Row.durations("a", 1, TOOK, Duration.ofMillis(11), Row.Judged.MAX);
    assertThat(missed.isMissed()).isTrue();
    assertThat(json(missed).path("met").asBoolean(true)).isFalse();
    assertThat(json(missed).path("target_ms").asDouble()).isEqualTo(11);
  }

  @Test
  @DisplayName("what was skipped and what has no target is neither met nor missed")
  void doesNotJudgeTheRest() {
    assertThat(Row.skipped("c", Optional.empty(), "no time").isMissed()).isFalse();
    assertThat(Row.skipped("c", Optional.empty(), "no time").met()).isEmpty();
    assertThat(Row.durations("a", 1, TOOK).isMissed()).isFalse();
  }

  @Test
  @DisplayName("fast percentiles do not make up for a breach without an order")
  void countsWhatIsMissing() {
    Row fast = Row.durations("a", 1, TOOK, Duration.ofSeconds(1), Row.Judged.P99);
    assertThat(fast.missedIf(false, "").isMissed()).isFalse();
    assertThat(fast.missedIf(true, "1 breach without an order").isMissed()).isTrue();
    assertThat(Row.failed("a", 1, "none was sold").isMissed()).isTrue();
  }
}
