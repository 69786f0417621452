package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The last day of options, assignment, and what splits do. */
class OptionLifeTest extends Steered {
  private static final String AFTER_EXPIRY = "2026-02-20T21:30:00Z";
  private static final String NEXT_DAY = "2026-02-21T15:00:00Z";

  private JsonNode position(String symbol) throws Exception {
    return large.get("/v2/positions/" + symbol).body();
  }

  private List<String> activities(String field) throws Exception {
    return large
        .get("/v2/account/activities?category=non_trade_activity&direction=asc")
        .body()
        .findValuesAsText(field);
  }

  private double cash() throws Exception {
    return Double.parseDouble(large.get("/v2/account").body().path("cash").asText());
  }

  @Test
  @DisplayName("a call in the money by a cent is exercised where it is funded, the stock at strike")
  void exercises() throws Exception {
    taken(large, Scenarios.CALL, "buy", "2", "");
    double before = cash();
    timeIs("2026-02-20T20:50:00Z");
    price("WMT", "130.01", "130.01");
    timeIs(AFTER_EXPIRY);
    assertThat(position("WMT").path("qty").asText()).isEqualTo("200");
    assertThat(position("WMT").path("avg_entry_price").asText()).isEqualTo("130");
    assertThat(before - cash()).isEqualTo(26_000);
    assertThat(large.get("/v2/positions").body()).hasSize(1);
    assertThat(activities("activity_type")).as("on paper they post the next day").isEmpty();
    timeIs(NEXT_DAY);
    assertThat(activities("activity_type")).containsExactly("OPEXC", "OPTRD");
    assertThat(activities("qty")).containsExactly("-2", "200");
    assertThat(activities("net_amount")).containsExactly("0", "-26000");
    assertThat(activities("date")).containsExactly("2026-02-20", "2026-02-20");
  }

  @Test
  @DisplayName("an option out of the money expires without worth")
  void expires() throws Exception {
    taken(large, Scenarios.CALL, "buy", "2", "");
    timeIs("2026-02-20T20:50:00Z");
    price("WMT", "130", "130");
    timeIs(NEXT_DAY);
    assertThat(large.get("/v2/positions").body()).isEmpty();
    assertThat(activities("activity_type")).containsExactly("OPEXP");
    assertThat(activities("qty")).containsExactly("-2");
  }

  @Test
  @DisplayName("what is in the money without funds is sold before the close")
  void liquidates() throws Exception {
    price(Scenarios.CALL, "1.70", "1.80");
    taken(tiny, Scenarios.CALL, "buy", "1", "");
    timeIs("2026-02-20T20:10:00Z");
    price("WMT", "140", "140");
    price(Scenarios.CALL, "10", "10.10");
    assertThat(tiny.get("/v2/positions").body()).hasSize(1);
    timeIs("2026-02-20T20:15:00Z");
    assertThat(tiny.get("/v2/positions").body()).isEmpty();
    assertThat(tiny.get("/v2/account").body().path("cash").asText()).isEqualTo("1820");
  }

  @Test
  @DisplayName("the hour from which options on their last day are looked at can be set")
  void looksLater() throws Exception {
    set("large", "'lastOpening':'15:30'");
    timeIs("2026-02-20T20:29:00Z");
    assertThat(order(large, Scenarios.CALL, "buy", "1", "").status()).isEqualTo(200);
    timeIs("2026-02-20T20:30:00Z");
    assertRefused(order(large, Scenarios.CALL, "buy", "1", ""), 422, 42210000, "expires soon");
  }

  @Test
  @DisplayName("an exercise that was declined does not happen")
  void declines() throws Exception {
    taken(large, Scenarios.CALL, "buy", "1", "");
    assertThat(large.post("/v2/positions/" + Scenarios.CALL + "/do-not-exercise", "{}").status())
        .isEqualTo(200);
    price("WMT", "140", "140");
    timeIs(NEXT_DAY);
    assertThat(activities("activity_type")).containsExactly("OPEXP");
  }

  @Test
  @DisplayName("a held option is exercised on request, but not between the close and midnight")
  void exercisesOnRequest() throws Exception {
    taken(large, Scenarios.CALL, "buy", "1", "");
    String path = "/v2/positions/" + Scenarios.CALL + "/exercise";
    timeIs("2026-02-11T22:00:00Z");
    assertRefused(large.post(path, "{}"), 422, 42210000, "between market close and midnight");
    timeIs("2026-02-12T15:00:00Z");
    assertThat(large.post(path, "{}").status()).isEqualTo(200);
    assertThat(position("WMT").path("qty").asText()).isEqualTo("100");
    assertRefused(large.post(path, "{}"), 403, 40310000, "");
  }

  @Test
  @DisplayName(
      "a short put that is assigned becomes shares at the strike, paid from what secured it")
  void assigns() throws Exception {
    price("NOW", "100", "100");
    taken(large, Scenarios.PUT, "sell", "2", "");
    double before = cash();
    large.post("/admin/accounts/large/assignments", "{'symbol':'" + Scenarios.PUT + "','qty':1}");
    assertThat(position("NOW").path("qty").asText()).isEqualTo("100");
    assertThat(position(Scenarios.PUT).path("qty").asText()).isEqualTo("-1");
    assertThat(before - cash()).isEqualTo(11_000);
    timeIs("2026-02-12T15:00:00Z");
    assertThat(activities("activity_type")).containsExactly("OPASN", "OPTRD");
    assertThat(activities("qty")).containsExactly("1", "100");
    assertThat(activities("group_id").stream().distinct()).hasSize(1);
  }

  @Test
  @DisplayName(
      "a covered call in the money takes the shares at expiry, orders on them are cancelled")
  void assignsAtExpiry() throws Exception {
    taken(large, "WMT", "buy", "100", "");
    taken(large, Scenarios.CALL, "sell", "1", "");
    price("WMT", "140", "140");
    timeIs(NEXT_DAY);
    assertThat(large.get("/v2/positions").body()).isEmpty();
    assertThat(activities("activity_type")).containsExactly("OPASN", "OPTRD");
    assertThat(activities("net_amount")).containsExactly("0", "13000");
  }

  @Test
  @DisplayName("after a split there are more shares at less, and a bracket keeps its prices")
  void splits() throws Exception {
    price("DE", "622", "622");
    taken(
        large,
        "DE",
        "buy",
        "10",
        "'order_class':'bracket','time_in_force':'gtc','take_profit':{'limit_price':'640'},"
            + "'stop_loss':{'stop_price':'100'}");
    large.post("/admin/splits", "{'symbol':'DE','new':2,'old':1}");
    assertThat(position("DE").path("qty").asText()).isEqualTo("20");
    assertThat(position("DE").path("avg_entry_price").asText()).isEqualTo("311");
    assertThat(position("DE").path("unrealized_pl").asText()).isEqualTo("0");
    assertThat(position("DE").path("qty_available").asText()).isEqualTo("10");
    assertThat(large.get("/v2/orders").body().findValuesAsText("limit_price")).contains("640");
    large.post("/admin/splits", "{'symbol':'DE','new':1,'old':4}");
    assertThat(position("DE").path("qty").asText()).isEqualTo("5");
    assertThat(large.get("/v2/orders").body()).as("exits for more than is held").isEmpty();
  }

  @Test
  @DisplayName("under a new symbol as much is held at the same cost, told of as two activities")
  void renames() throws Exception {
    price("DE", "622", "622");
    taken(large, "DE", "buy", "10", "");
    large.post("/admin/renames", "{'symbol':'DE','to':'DEER'}");
    assertThat(large.get("/v2/positions").body()).hasSize(1);
    assertThat(position("DEER").path("qty").asText()).isEqualTo("10");
    assertThat(position("DEER").path("avg_entry_price").asText()).isEqualTo("622");
    assertThat(position("DEER").path("current_price").asText()).isEqualTo("622");
    assertThat(activities("activity_type")).containsExactly("NC", "NC");
    assertThat(activities("qty")).containsExactlyInAnyOrder("-10", "10");
  }

  @Test
  @DisplayName("the day's profit counts from the last close, or from the entry of today")
  void profitOfTheDay() throws Exception {
    price("DE", "600", "600");
    taken(large, "DE", "buy", "10", "");
    price("DE", "610", "610");
    timeIs("2026-02-12T15:00:00Z");
    price("DE", "615", "615");
    taken(large, "DE", "buy", "10", "");
    price("DE", "616", "616");
    JsonNode position = position("DE");
    assertThat(position.path("lastday_price").asText()).isEqualTo("610");
    assertThat(position.path("unrealized_pl").asText()).isEqualTo("170");
    assertThat(position.path("avg_entry_price").asText()).isEqualTo("607.5");
    JsonNode account = large.get("/v2/account").body();
    assertThat(account.path("last_equity").asText()).isEqualTo("100100");
    assertThat(account.path("equity").asText()).isEqualTo("100170");
    JsonNode history = large.get("/v2/account/portfolio/history?period=2D&timeframe=1D").body();
    assertThat(history.path("equity").get(0).asDouble()).isEqualTo(100_100);
    assertThat(history.path("profit_loss").get(1).asDouble()).isEqualTo(170);
  }

  @Test
  @DisplayName("contracts are found by underlying, kind, strike and date, page by page")
  void contracts() throws Exception {
    assertThat(large.get("/v2/options/contracts").body().path("option_contracts"))
        .as("none expires this week")
        .isEmpty();
    String to = "/v2/options/contracts?expiration_date_lte=2026-03-01";
    JsonNode first = large.get(to + "&limit=1").body();
    assertThat(first.path("option_contracts").findValuesAsText("symbol"))
        .containsExactly(Scenarios.PUT);
    JsonNode second =
        large.get(to + "&limit=1&page_token=" + first.path("next_page_token").asText()).body();
    assertThat(second.path("option_contracts").findValuesAsText("symbol"))
        .containsExactly(Scenarios.CALL);
    assertThat(second.path("next_page_token").isNull()).isTrue();
    assertThat(large.get(to + "&type=call&underlying_symbols=NOW").body().path("option_contracts"))
        .isEmpty();
    assertThat(large.get(to + "&strike_price_gte=120").body().path("option_contracts")).hasSize(1);
    String id = first.path("option_contracts").get(0).path("id").asText();
    assertThat(large.get("/v2/options/contracts/" + id).body().path("strike_price").asText())
        .isEqualTo("110");
  }

  @Test
  @DisplayName("activities are told page by page, in both directions, of a day or an order")
  void activitiesByPage() throws Exception {
    for (int i = 0; i < 3; i++) {
      taken(large, "DE", "buy", "" + (i + 1), "");
      pass(60);
    }
    String path = "/v2/account/activities?direction=asc&page_size=2";
    JsonNode first = large.get(path).body();
    assertThat(first.findValuesAsText("qty")).containsExactly("1", "2");
    String token = first.get(1).path("id").asText();
    assertThat(token).matches("\\d{17}::[0-9a-f-]{36}");
    assertThat(large.get(path + "&page_token=" + token).body().findValuesAsText("qty"))
        .containsExactly("3");
    assertThat(large.get("/v2/account/activities").body().findValuesAsText("qty"))
        .containsExactly("3", "2", "1");
    String order = first.get(0).path("order_id").asText();
    assertThat(large.get("/v2/account/activities/FILL?order_id=" + order).body()).hasSize(1);
    assertThat(large.get("/v2/account/activities?date=2026-02-11").body()).hasSize(3);
    assertThat(large.get("/v2/account/activities?date=2026-02-10").body()).isEmpty();
    assertThat(large.get("/v2/account/activities?activity_types=OPEXP,CSD").body()).isEmpty();
  }
}
