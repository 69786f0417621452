package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a split everything is told in new shares: prices, profits, trades and options. */
class SplitTest {
  private static final String CALL = "DE260320C00620000";
  private static final String HALF = "DE260320C00310000";

  @TempDir Path folder;
  private SimulatorServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = SimulatorServer.start(scenario(), folder, "127.0.0.1", 0);
    client = new Client(server.url(), "large");
  }

  private static Scenario scenario() {
    return new Scenario(
        Scenarios.MORNING,
        0,
        7,
        List.of(Scenarios.account("large", 200_000)),
        List.of(
            new Scenario.Path(
                "DE", List.of(new Scenario.Point(Duration.ZERO, new BigDecimal("622")))),
            new Scenario.Path(
                CALL,
                List.of(),
                Optional.empty(),
                Optional.of(new Scenario.OptionModel(Optional.empty(), Optional.empty())),
                Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void post(String path, String body) throws Exception {
    Client.Reply reply = client.post(path, body);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
  }

  private void buy(String symbol, int quantity) throws Exception {
    post(
        "/v2/orders",
        "{'symbol':'%s','side':'buy','qty':'%d','type':'market','time_in_force':'day'}"
            .formatted(symbol, quantity));
  }

  private void timeIs(String moment) throws Exception {
    post("/admin/clock", "{'now':'" + moment + "'}");
  }

  private void splitInTwo() throws Exception {
    post("/admin/splits", "{'symbol':'DE','new':2,'old':1}");
  }

  private JsonNode position(String symbol) throws Exception {
    return client.get("/v2/positions/" + symbol).body();
  }

  private JsonNode quote() throws Exception {
    return client.get("/v2/stocks/DE/quotes/latest").body().path("quote");
  }

  private static double number(JsonNode view, String field) {
    return Double.parseDouble(view.path(field).asText());
  }

  @Test
  @DisplayName("the day's profit is what it was before, for shares and contracts held overnight")
  void keepsTheProfitOfTheDay() throws Exception {
    buy("DE", 10);
    buy(CALL, 3);
    timeIs("2026-02-12T15:00:00Z");
    JsonNode share = position("DE");
    JsonNode call = position(CALL);
    splitInTwo();
    JsonNode halves = position("DE");
    assertThat(halves.path("qty").asText()).isEqualTo("20");
    // a cent of rounding for each of twenty shares
    assertThat(number(halves, "unrealized_intraday_pl"))
        .isBetween(
            number(share, "unrealized_intraday_pl") - 0.2,
            number(share, "unrealized_intraday_pl") + 0.2);
    assertThat(number(halves, "lastday_price"))
        .isBetween(
            number(share, "lastday_price") / 2 - 0.01, number(share, "lastday_price") / 2 + 0.01);
    assertThat(number(halves, "change_today"))
        .isBetween(number(share, "change_today") - 1e-4, number(share, "change_today") + 1e-4);
    JsonNode calls = position(HALF);
    assertThat(calls.path("qty").asText()).isEqualTo("6");
    assertThat(number(calls, "cost_basis")).isEqualTo(number(call, "cost_basis"));
    // two cents of rounding for each of six hundred shares
    assertThat(number(calls, "unrealized_intraday_pl"))
        .isBetween(
            number(call, "unrealized_intraday_pl") - 12,
            number(call, "unrealized_intraday_pl") + 12);
    assertThat(client.get("/v2/positions/" + CALL).status()).isEqualTo(404);
  }

  @Test
  @DisplayName(
      "prices go on from the split in whole cents; what was pinned stays until it is let go")
  void pricesGoOn() throws Exception {
    JsonNode before = quote();
    splitInTwo();
    JsonNode after = quote();
    assertThat(after.path("bp").asDouble())
        .isBetween(
            before.path("bp").asDouble() / 2 - 0.01, before.path("bp").asDouble() / 2 + 0.01);
    timeIs("2026-02-11T17:00:00Z");
    JsonNode later = quote();
    assertThat(later.path("bp")).isNotEqualTo(after.path("bp"));
    assertThat(later.path("bp").asDouble()).isBetween(280.0, 340.0);
    assertThat(later.path("bp").decimalValue().stripTrailingZeros().scale()).isLessThanOrEqualTo(2);
    post("/admin/quotes", "{'symbol':'DE','bid':'295.33','ask':'295.37'}");
    post("/admin/splits", "{'symbol':'DE','new':3,'old':1}");
    assertThat(quote().path("bp").asText()).isEqualTo("98.44");
    timeIs("2026-02-11T18:00:00Z");
    assertThat(quote().path("bp").asText()).isEqualTo("98.44");
    post("/admin/quotes", "{'symbol':'DE','unpin':true}");
    assertThat(quote().path("bp").asDouble()).isBetween(93.0, 114.0);
  }

  @Test
  @DisplayName("the latest trade is told in new shares too, history as it was")
  void tradesAreAdjusted() throws Exception {
    splitInTwo();
    double bid = quote().path("bp").asDouble();
    JsonNode trade = client.get("/v2/stocks/DE/trades/latest").body().path("trade");
    assertThat(trade.path("p").asDouble()).isBetween(bid - 10, bid + 10);
    JsonNode bars =
        client
            .get("/v2/stocks/DE/bars?timeframe=1Day&start=2026-02-09&end=2026-02-10")
            .body()
            .path("bars");
    assertThat(bars).isNotEmpty();
    assertThat(bars.get(0).path("c").asDouble()).isGreaterThan(500);
  }

  @Test
  @DisplayName("contracts multiply and strikes divide; the old symbol is no longer traded")
  void adjustsContracts() throws Exception {
    buy(CALL, 1);
    post(
        "/v2/orders",
        "{'symbol':'%s','side':'sell','qty':'1','type':'limit','limit_price':'900','time_in_force':'gtc'}"
            .formatted(CALL));
    splitInTwo();
    assertThat(client.get("/v2/orders").body()).as("orders on the old contract").isEmpty();
    JsonNode contract = client.get("/v2/options/contracts/" + HALF).body();
    assertThat(contract.path("strike_price").asText()).isEqualTo("310");
    assertThat(client.get("/v2/options/contracts/" + CALL).status()).isEqualTo(404);
    JsonNode activities = client.get("/v2/account/activities/OPCA").body();
    assertThat(activities.findValuesAsText("qty")).containsExactlyInAnyOrder("-1", "2");
    assertThat(activities.findValuesAsText("symbol")).containsExactlyInAnyOrder(CALL, HALF);
    buy(HALF, 1);
    assertThat(position(HALF).path("qty").asText()).isEqualTo("3");
  }

  @Test
  @DisplayName("a split of other than whole shares is refused while somebody holds options on it")
  void refusesOddContracts() throws Exception {
    buy(CALL, 1);
    Client.Reply refused = client.post("/admin/splits", "{'symbol':'DE','new':3,'old':2}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("message").asText()).contains(CALL).contains("multiple of old");
    assertThat(quote().path("bp").asDouble()).isGreaterThan(500);
  }

  @Test
  @DisplayName("another life of the exchange quotes the same")
  void outlivesTheProcess() throws Exception {
    buy("DE", 10);
    buy(CALL, 1);
    splitInTwo();
    JsonNode quote = quote();
    JsonNode position = position(HALF);
    server.close();
    server = SimulatorServer.start(scenario(), folder, "127.0.0.1", 0);
    client = new Client(server.url(), "large");
    assertThat(quote().path("bp")).isEqualTo(quote.path("bp"));
    assertThat(position(HALF)).isEqualTo(position);
    assertThat(position("DE").path("qty").asText()).isEqualTo("20");
  }
}
