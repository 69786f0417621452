package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/** The same as {@link BalanceTest} by way of a real server, of whose answers many go wrong. */
class FaultyDaysTest {
  private static final int SHORTEST_DAY = 10;
  private static final int LONGEST_DAY = 30;

  @Provide
  Arbitrary<List<RandomDay.Act>> days() {
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, 9_999).withDistribution(RandomDistribution.uniform());
    return Combinators.combine(any, any, any, any)
        .as(RandomDay.Act::new)
        .list()
        .ofMinSize(SHORTEST_DAY)
        .ofMaxSize(LONGEST_DAY);
  }

  /** The same days in each build; without the seed it plays others, to look for what is wrong. */
  @Property(
      tries = 150,
      seed = "20260211",
      shrinking = ShrinkingMode.BOUNDED,
      edgeCases = EdgeCasesMode.NONE)
  @Label(
      "whatever goes wrong between client and broker, what the client reads balances to the cent,"
          + " and no id stands for two orders")
  void balances(@ForAll("days") List<RandomDay.Act> acts) throws Exception {
    try (FaultyDay day = new FaultyDay()) {
      for (RandomDay.Act act : acts) {
        day.play(act);
      }
      day.endFaults();
      assertOrdersAreKnown(day);
      assertBalanced(day);
    }
  }

  private static void assertOrdersAreKnown(FaultyDay day) throws Exception {
    List<JsonNode> orders = day.orders();
    assertThat(orders.stream().map(it -> it.path("id").asText())).doesNotHaveDuplicates();
    assertThat(orders.stream().map(it -> it.path("client_order_id").asText()))
        .doesNotHaveDuplicates()
        .as("without ids of requests that had no effect")
        .noneMatch(day.withoutEffect()::contains);
    for (Map.Entry<String, String> order : day.answered().entrySet()) {
      assertThat(
              day.client()
                  .get("/v2/orders:by_client_order_id?client_order_id=" + order.getKey())
                  .body()
                  .path("id")
                  .asText())
          .as(order.getKey())
          .isEqualTo(order.getValue());
    }
  }

  private static void assertBalanced(FaultyDay day) throws Exception {
    BigDecimal cash = BigDecimal.valueOf(100_000);
    Map<String, BigDecimal> held = new TreeMap<>();
    for (JsonNode fill : day.fills()) {
      String symbol = fill.path("symbol").asText();
      BigDecimal quantity = number(fill, "qty");
      BigDecimal signed = fill.path("side").asText().equals("buy") ? quantity : quantity.negate();
      held.merge(symbol, signed, BigDecimal::add);
      cash =
          cash.subtract(
              signed
                  .multiply(number(fill, "price"))
                  .multiply(BigDecimal.valueOf(Symbols.multiplier(symbol))));
    }
    assertThat(day.cash()).isEqualByComparingTo(cash);
    held.values().removeIf(quantity -> quantity.signum() == 0);
    List<JsonNode> positions = day.positions();
    assertThat(positions.stream().map(it -> it.path("symbol").asText()))
        .containsExactlyInAnyOrderElementsOf(held.keySet());
    for (JsonNode position : positions) {
      BigDecimal quantity = number(position, "qty");
      assertThat(quantity).isEqualByComparingTo(held.get(position.path("symbol").asText()));
      assertThat(number(position, "qty_available").abs()).isLessThanOrEqualTo(quantity.abs());
    }
  }

  private static BigDecimal number(JsonNode node, String field) {
    return new BigDecimal(node.path(field).asText());
  }
}
