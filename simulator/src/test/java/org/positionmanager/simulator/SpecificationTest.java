package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer has the fields and types of Alpaca's OpenAPI specification. */
class SpecificationTest extends Steered {
  private static Optional<Specification> specification = Optional.empty();

  @BeforeAll
  static void findSpecification() throws Exception {
    specification = Specification.find("trading_openapi.yaml");
  }

  /** Before each test: skipped as a class they would not be counted, and nobody would know. */
  @BeforeEach
  void needsSpecification() {
    Loud.needs(specification.isPresent(), Specification.absence("trading answers are not checked"));
  }

  /** That {@link Client} found the answer to be as specified, and that it is specified at all. */
  private JsonNode conforms(Client.Reply reply, String method, String path, int status) {
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
    assertThat(specification.orElseThrow().knowsBody(method, path, status))
        .as("%s %s %d is specified", method, path, status)
        .isTrue();
    return reply.body();
  }

  private void aDay() throws Exception {
    taken(large, "DE", "buy", "10", "");
    taken(large, "WMT", "sell", "5", "");
    taken(large, Scenarios.PUT, "buy", "2", "");
    taken(large, "DE", "sell", "4", limit("900") + ",'time_in_force':'gtc'");
    taken(large, "DE", "sell", "1", "'type':'trailing_stop','trail_percent':'5'");
    taken(
        large,
        "PENNY",
        "buy",
        "10",
        "'order_class':'bracket','take_profit':{'limit_price':'2'},"
            + "'stop_loss':{'stop_price':'0.1'}");
  }

  @Test
  @DisplayName("orders: listed, nested, alone, taken, replaced, cancelled one and all")
  void orders() throws Exception {
    aDay();
    conforms(large.get("/v2/orders?status=all"), "get", "/v2/orders", 200);
    JsonNode nested =
        conforms(large.get("/v2/orders?status=all&nested=true"), "get", "/v2/orders", 200);
    String id = nested.get(0).path("id").asText();
    conforms(large.get("/v2/orders/" + id + "?nested=true"), "get", "/v2/orders/{order_id}", 200);
    String client = nested.get(0).path("client_order_id").asText();
    conforms(
        large.get("/v2/orders:by_client_order_id?client_order_id=" + client),
        "get",
        "/v2/orders:by_client_order_id",
        200);
    JsonNode open =
        conforms(order(large, "WMT", "buy", "1", limit("30")), "post", "/v2/orders", 200);
    conforms(
        large.patch("/v2/orders/" + open.path("id").asText(), "{'limit_price':'31'}"),
        "patch",
        "/v2/orders/{order_id}",
        200);
    JsonNode notional =
        large
            .post(
                "/v2/orders",
                "{'symbol':'NOW','side':'buy','notional':'5','type':'market',"
                    + "'time_in_force':'day'}")
            .body();
    assertThat(notional.path("code").asLong()).as("NOW has no price").isEqualTo(42210000);
    conforms(large.delete("/v2/orders"), "delete", "/v2/orders", 207);
  }

  @Test
  @DisplayName("positions: listed, alone, closed one and all")
  void positions() throws Exception {
    aDay();
    assertThat(conforms(large.get("/v2/positions"), "get", "/v2/positions", 200)).hasSize(4);
    String one = "/v2/positions/{symbol_or_asset_id}";
    conforms(large.get("/v2/positions/" + Scenarios.PUT), "get", one, 200);
    conforms(large.delete("/v2/positions/" + Scenarios.PUT + "?qty=1"), "delete", one, 200);
    conforms(large.delete("/v2/positions?cancel_orders=true"), "delete", "/v2/positions", 207);
  }

  @Test
  @DisplayName("the account, its history and its activities")
  void account() throws Exception {
    aDay();
    JsonNode account = conforms(large.get("/v2/account"), "get", "/v2/account", 200);
    assertThat(account.path("cash").isTextual()).isTrue();
    assertThat(account.path("options_trading_level").isInt()).isTrue();
    String configurations = "/v2/account/configurations";
    conforms(large.get(configurations), "get", configurations, 200);
    conforms(large.patch(configurations, "{'no_shorting':true}"), "patch", configurations, 200);
    timeIs("2026-02-12T15:00:00Z");
    String history = "/v2/account/portfolio/history";
    for (String query :
        new String[] {"", "?period=1D&timeframe=1Min", "?period=1W&timeframe=1D", "?period=1A"}) {
      JsonNode answer = conforms(large.get(history + query), "get", history, 200);
      assertThat(answer.path("equity")).isNotEmpty().hasSameSizeAs(answer.path("timestamp"));
    }
    String activities = "/v2/account/activities";
    assertThat(conforms(large.get(activities), "get", activities, 200)).isNotEmpty();
    conforms(large.get(activities + "/FILL"), "get", activities + "/{activity_type}", 200);
  }

  @Test
  @DisplayName("activities without a trade, but for their date, which Alpaca gives without a time")
  void otherActivities() throws Exception {
    taken(large, Scenarios.CALL, "buy", "1", "");
    price("WMT", "140", "140");
    timeIs("2026-02-23T15:00:00Z");
    Client.Reply reply = large.get("/v2/account/activities?category=non_trade_activity");
    assertThat(conforms(reply, "get", "/v2/account/activities", 200)).hasSize(2);
  }

  @Test
  @DisplayName("the clock, the calendar, assets and contracts")
  void reference() throws Exception {
    conforms(large.get("/v2/clock"), "get", "/v2/clock", 200);
    JsonNode calendar =
        conforms(
            large.get("/v2/calendar?start=2026-11-23&end=2026-11-29T00:00:00Z"),
            "get",
            "/v2/calendar",
            200);
    assertThat(calendar.findValuesAsText("close"))
        .containsExactly("16:00", "16:00", "16:00", "13:00");
    assertThat(calendar.findValuesAsText("settlement_date")).endsWith("2026-11-30");
    assertThat(conforms(large.get("/v2/assets?status=active"), "get", "/v2/assets", 200))
        .hasSize(4);
    conforms(large.get("/v2/assets/DE"), "get", "/v2/assets/{symbol_or_asset_id}", 200);
    conforms(
        large.get("/v2/options/contracts?expiration_date_lte=2026-03-01&show_deliverables=True"),
        "get",
        "/v2/options/contracts",
        200);
    conforms(
        large.get("/v2/options/contracts/" + Scenarios.CALL),
        "get",
        "/v2/options/contracts/{symbol_or_id}",
        200);
  }

  @Test
  @DisplayName("refusals have the body that the specification gives them")
  void refusals() throws Exception {
    String contract = "/v2/options/contracts/";
    conforms(large.get(contract + "DE260220C00001000"), "get", contract + "{symbol_or_id}", 404);
    String exercise = "/v2/positions/{symbol_or_contract_id}/exercise";
    conforms(
        large.post("/v2/positions/" + Scenarios.CALL + "/exercise", ""), "post", exercise, 403);
    assertRefused(large.get("/v2/positions/DE"), 404, 40410000, "");
    assertRefused(large.get("/v2/orders/none"), 404, 40410000, "");
    assertThat(large.get("/v2/assets/NONE").status()).isEqualTo(404);
    assertThat(order(large, "DE", "buy", "-1", "").status()).isEqualTo(422);
    assertThat(order(tiny, "DE", "buy", "100", "").status()).isEqualTo(403);
  }

  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @DisplayName("an answer that the specification does not allow is found, whoever got it")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GET, /v2/clock, 200, {}",
        "GET, /v2/clock, 200, ``",
        "GET, /v2/clock, 200, <html>",
        "GET, /v2/clock, 201, {}",
        "GET, /v2/positions/DE, 200, `{\"symbol\":1}`",
        "GET, /v2/positions/DE, 404, `{\"code\":40410000}`",
        "POST, /v2/orders, 422, `{\"message\":\"no\"}`",
        "POST, /v2/positions/DE/exercise, 403, `{\"code\":\"x\",\"message\":\"no\"}`",
        "GET, /v2/stocks/quotes/latest, 200, `{\"quotes\":[]}`",
        "GET, /v2/stocks/quotes/latest, 400, {}",
      })
  void findsWhatIsWrong(String method, String path, int status, String body) {
    assertThat(Conformance.violations(method, path, status, body)).isNotEmpty();
  }

  @Test
  @DisplayName("what a fault or a gateway says is none of the specification's business")
  void letsFaultsBe() {
    assertThat(Conformance.violations("GET", "/v2/clock", 504, "<html>")).isEmpty();
    assertThat(
            Conformance.violations("POST", "/v2/orders", 200, "{\"status\":\"simulated_unknown\"}"))
        .isEmpty();
    assertThat(Conformance.violations("GET", "/admin/state", 200, "{}")).isEmpty();
  }
}
