package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Prices that are set together. */
class QuoteBatchTest extends Steered {
  private static final String BOTH =
      "{'quotes':[{'symbol':'DE','bid':'600','ask':'600.10'},"
          + "{'symbol':'WMT','bid':'120','ask':'120.10'}]}";

  private JsonNode quotes() throws Exception {
    return large.get("/admin/state").body().path("quotes");
  }

  @Test
  @DisplayName("all prices of a batch are set at the moment that the answer tells")
  void setsAllAtOnce() throws Exception {
    JsonNode answer = large.post("/admin/quotes", BOTH).body();
    assertThat(quotes().path("DE").path("bp").decimalValue()).isEqualByComparingTo("600");
    assertThat(quotes().path("WMT").path("bp").decimalValue()).isEqualByComparingTo("120");
    assertThat(quotes().path("DE").path("t")).isEqualTo(answer.path("at"));
    assertThat(quotes().path("WMT").path("t")).isEqualTo(answer.path("at"));
    assertThat(Instant.parse(answer.path("at").asText())).isEqualTo(Scenarios.MORNING);
  }

  @Test
  @DisplayName("a batch with one price that cannot be read sets none")
  void setsAllOrNone() throws Exception {
    JsonNode before = quotes();
    Client.Reply reply =
        large.post(
            "/admin/quotes",
            "{'quotes':[{'symbol':'DE','bid':'600','ask':'600.10'},{'symbol':'WMT','bid':'1'}]}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(quotes().path("DE").path("bp")).isEqualTo(before.path("DE").path("bp"));
  }

  @Test
  @DisplayName("orders can be asked for by symbol")
  void tellsOrdersOfASymbol() throws Exception {
    taken(large, "DE", "buy", "1", "");
    taken(large, "WMT", "buy", "1", "");
    JsonNode orders = large.get("/admin/orders?account=large&symbol=WMT").body();
    assertThat(orders).hasSize(1);
    assertThat(orders.get(0).path("symbol").asText()).isEqualTo("WMT");
  }
}
