package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.simulator.PackedClient.key;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.msgpack.value.Value;

/** The free feed of options beside the true one, on the standard market, time standing. */
class IndicativeTest {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private SimulatorServer server;
  private Client client;
  private List<String> options;

  @BeforeEach
  void start() {
    Scenario standard =
        StandardMarket.at(
            Scenarios.MORNING, List.of(Scenarios.account("large", 1_000)), MarketHours.NYSE, 1);
    Scenario standing =
        new Scenario(Scenarios.MORNING, 0, 1, standard.accounts(), standard.prices());
    server = SimulatorServer.start(standing, "127.0.0.1", 0);
    client = new Client(server.url(), "large");
    options =
        standard.prices().stream()
            .map(Scenario.Path::symbol)
            .filter(Symbols::isOption)
            .limit(50)
            .toList();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode latest(String what, String feed) throws Exception {
    return client
        .get(
            "/v1beta1/options/%s/latest?feed=%s&symbols=%s"
                .formatted(what, feed, String.join(",", options)))
        .body()
        .path(what);
  }

  @Test
  @DisplayName(
      "each side of its quotes is the true one or a cent off, never crossed, told again alike")
  void tellsNearQuotes() throws Exception {
    JsonNode near = latest("quotes", "indicative");
    JsonNode exact = latest("quotes", "opra");
    assertThat(near).hasSize(50).isNotEqualTo(exact);
    for (String symbol : options) {
      JsonNode quote = near.path(symbol);
      BigDecimal bid = quote.path("bp").decimalValue();
      BigDecimal ask = quote.path("ap").decimalValue();
      assertThat(bid).isPositive().isLessThan(ask);
      assertThat(bid.subtract(exact.path(symbol).path("bp").decimalValue()).abs())
          .isLessThanOrEqualTo(CENT);
      assertThat(ask.subtract(exact.path(symbol).path("ap").decimalValue()).abs())
          .isLessThanOrEqualTo(CENT);
    }
    assertThat(latest("quotes", "indicative")).isEqualTo(near);
    JsonNode snapshots =
        client
            .get("/v1beta1/options/snapshots?feed=indicative&symbols=" + String.join(",", options))
            .body()
            .path("snapshots");
    assertThat(snapshots.path(options.getFirst()).path("latestQuote"))
        .isEqualTo(near.path(options.getFirst()));
  }

  @Test
  @DisplayName("its stream tells what its requests tell, and a price by hand as it is")
  void streamsTheSame() throws Exception {
    String symbol = options.getFirst();
    try (PackedClient stream = new PackedClient(server, "/v1beta1/indicative")) {
      stream.next();
      stream.send(Map.of("action", "auth", "key", "key-large", "secret", "secret-large"));
      stream.next();
      stream.send(Map.of("action", "subscribe", "quotes", List.of(symbol)));
      Map<Value, Value> told = stream.next("q");
      JsonNode asked = latest("quotes", "indicative").path(symbol);
      assertThat(told.get(key("bp")).asFloatValue().toDouble())
          .isEqualTo(asked.path("bp").asDouble());
      assertThat(told.get(key("ap")).asFloatValue().toDouble())
          .isEqualTo(asked.path("ap").asDouble());
      client.post("/admin/quotes", "{'symbol':'%s','bid':'7','ask':'7.5'}".formatted(symbol));
      assertThat(stream.next("q").get(key("bp")).asFloatValue().toDouble()).isEqualTo(7);
      assertThat(latest("quotes", "indicative").path(symbol).path("ap").asDouble()).isEqualTo(7.5);
    }
  }

  @Test
  @DisplayName("its trades are 15 minutes late, on its stream too")
  void tellsLateTrades() throws Exception {
    Instant late = Scenarios.MORNING.minus(Duration.ofMinutes(15));
    assertThat(latest("trades", "opra"))
        .anyMatch(it -> Instant.parse(it.path("t").asText()).isAfter(late));
    assertThat(latest("trades", "indicative"))
        .hasSizeGreaterThan(40)
        .noneMatch(it -> Instant.parse(it.path("t").asText()).isAfter(late));
    try (PackedClient stream = new PackedClient(server, "/v1beta1/indicative")) {
      stream.next();
      stream.send(Map.of("action", "auth", "key", "key-large", "secret", "secret-large"));
      stream.next();
      stream.send(Map.of("action", "subscribe", "trades", List.of("*")));
      stream.next("subscription");
      client.post("/admin/clock", "{'advanceSeconds':60}");
      Instant at = stream.next("t").get(key("t")).asTimestampValue().toInstant();
      assertThat(at).isAfter(late).isBeforeOrEqualTo(late.plusSeconds(60));
    }
  }
}
