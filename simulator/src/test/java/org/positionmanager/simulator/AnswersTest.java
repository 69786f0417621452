package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lists, refusals and histories say, and which words they understand. */
class AnswersTest extends Steered {
  @ParameterizedTest(name = "{0}")
  @DisplayName("a word that the specification does not know is refused, not passed over")
  @ValueSource(
      strings = {
        "/v2/orders?side=foo",
        "/v2/orders?direction=foo",
        "/v2/account/activities?direction=foo",
        "/v2/account/activities?category=foo",
        "/v2/account/activities?activity_types=FILL,FOO",
        "/v2/account/activities/FOO",
        "/v2/account/portfolio/history?pnl_reset=foo",
        "/v2/account/portfolio/history?intraday_reporting=foo",
        "/v2/account/portfolio/history?cashflow_types=FOO"
      })
  void refusesUnknownWords(String path) throws Exception {
    Client.Reply reply = large.get(path);
    assertRefused(reply, 422, 40010001, "invalid");
    assertThat(reply.body().path("message").asText()).containsIgnoringCase("foo");
  }

  @Test
  @DisplayName("nor are bars adjusted for what nobody knows")
  void refusesUnknownAdjustments() throws Exception {
    String bars = "/v2/stocks/bars?symbols=DE&timeframe=1Day&adjustment=";
    assertRefused(large.get(bars + "bogus"), 400, 40010001, "invalid adjustment: bogus");
    assertThat(large.get(bars + "split,spin-off").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("orders of options are found by their underlying where options are asked for")
  void findsOptionsByUnderlying() throws Exception {
    taken(large, Scenarios.CALL, "buy", "1", "");
    taken(large, "WMT", "buy", "1", "");
    String all = "/v2/orders?status=all&symbols=WMT";
    assertThat(large.get(all).body().findValuesAsText("symbol")).containsExactly("WMT");
    assertThat(large.get(all + "&asset_class=us_option").body().findValuesAsText("symbol"))
        .containsExactly(Scenarios.CALL);
    assertThat(large.get(all + "&asset_class=us_option,us_equity").body()).hasSize(2);
    assertThat(large.get("/v2/orders?status=all&asset_class=us_option&symbols=DE").body())
        .isEmpty();
  }

  @Test
  @DisplayName("a fill tells what it made of the order, whatever became of it since")
  void aFillKeepsItsStatus() throws Exception {
    holdFills(true);
    String order = taken(large, "DE", "buy", "5", limit("600")).path("id").asText();
    assertThat(
            large
                .post(
                    "/admin/fills",
                    "{'account':'large','orderId':'%s','qty':'2','price':'599'}".formatted(order))
                .status())
        .isEqualTo(200);
    large.delete("/v2/orders/" + order);
    JsonNode fill = large.get("/v2/account/activities/FILL").body().get(0);
    assertThat(fill.path("order_status").asText()).isEqualTo("partially_filled");
  }

  @Test
  @DisplayName("money has no more than four decimals, in positions and in refusals")
  void roundsMoney() throws Exception {
    price("DE", "599.10", "600.10");
    taken(large, "DE", "buy", "0.333333333", "");
    taken(large, "DE", "buy", "7", "");
    JsonNode position = large.get("/v2/positions/DE").body();
    for (String field :
        new String[] {"cost_basis", "market_value", "unrealized_pl", "unrealized_intraday_pl"}) {
      assertThat(position.path(field).asText()).as(field).matches("-?\\d+(\\.\\d{1,4})?");
    }
    JsonNode refused = order(large, "DE", "buy", "900", "").body();
    assertThat(refused.path("buying_power").asText()).matches("\\d+(\\.\\d{1,4})?");
    String put = order(tiny, Scenarios.PUT, "sell", "1", "").body().path("message").asText();
    assertThat(put).matches(".*required: \\d+, available: \\d+(\\.\\d{1,4})?\\)");
  }

  @Test
  @DisplayName("only orders that hold something are told as those in the way")
  void tellsWhatHolds() throws Exception {
    taken(large, "DE", "buy", "10", "");
    String holds = taken(large, "DE", "sell", "8", limit("900")).path("id").asText();
    taken(large, "DE", "buy", "1", limit("500"));
    JsonNode refused = order(large, "DE", "sell", "3", limit("800")).body();
    assertThat(refused.path("related_orders")).hasSize(1);
    assertThat(refused.path("related_orders").get(0).asText()).isEqualTo(holds);
  }

  @Test
  @DisplayName("a key that nobody has is told the limit of requests, too")
  void tellsTheLimitToAnybody() throws Exception {
    Client.Reply reply = new Client(url(), "nobody").get("/v2/account");
    assertThat(reply.status()).isEqualTo(401);
    for (String header : new String[] {"Limit", "Remaining", "Reset"}) {
      assertThat(reply.raw().headers().firstValueAsLong("X-Ratelimit-" + header)).isPresent();
    }
  }

  @Test
  @DisplayName("activities of a date are those of its day in UTC")
  void datesOfActivitiesAreInUtc() throws Exception {
    timeIs("2026-02-12T00:30:00Z");
    price("DE", "600", "600");
    taken(large, "DE", "buy", "1", limit("610") + ",'extended_hours':true");
    assertThat(large.get("/v2/account/activities?date=2026-02-12").body()).hasSize(1);
    assertThat(large.get("/v2/account/activities?date=2026-02-11").body()).isEmpty();
  }

  private JsonNode history(String query) throws Exception {
    return large
        .get("/v2/account/portfolio/history?timeframe=1H&start=2026-02-11T05:00:00Z" + query)
        .body();
  }

  @Test
  @DisplayName(
      "in short windows the profit counts from the close before each day, if not told else")
  void resetsTheProfitEachDay() throws Exception {
    price("DE", "600", "600");
    taken(large, "DE", "buy", "10", "");
    price("DE", "610", "610");
    timeIs("2026-02-12T15:31:00Z");
    price("DE", "613", "613");
    JsonNode perDay = history("");
    JsonNode whole = history("&pnl_reset=no_reset");
    int last = perDay.path("profit_loss").size() - 1;
    assertThat(perDay.path("equity").get(last).asDouble()).isEqualTo(100_130);
    assertThat(perDay.path("profit_loss").get(last).asDouble()).isEqualTo(30);
    assertThat(whole.path("profit_loss").get(last).asDouble()).isEqualTo(130);
    assertThat(perDay.path("profit_loss_pct").get(last).asDouble()).isEqualTo(0.0003);
  }

  @Test
  @DisplayName("short windows are those of regular hours, of extended hours, or of the whole day")
  void reportsTheHoursAskedFor() throws Exception {
    timeIs("2026-02-12T04:59:00Z");
    assertThat(first(history(""))).isEqualTo("2026-02-11T14:30:00Z");
    assertThat(history("").path("timestamp")).hasSize(7);
    for (String extended :
        new String[] {"&intraday_reporting=extended_hours", "&extended_hours=true"}) {
      assertThat(first(history(extended))).isEqualTo("2026-02-11T09:00:00Z");
      assertThat(history(extended).path("timestamp")).hasSize(16);
    }
    JsonNode all = history("&intraday_reporting=continuous&cashflow_types=ALL");
    assertThat(first(all)).isEqualTo("2026-02-11T05:00:00Z");
    assertThat(all.path("timestamp")).hasSize(24);
  }

  private static String first(JsonNode history) {
    return Instant.ofEpochSecond(history.path("timestamp").get(0).asLong()).toString();
  }

  @Test
  @DisplayName("what runs in the machine's time has other order ids in each run, a script the same")
  void orderIdsOfRuns() throws Exception {
    List<String> live = new ArrayList<>();
    List<String> scripted = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      live.add(
          firstId(
              StandardMarket.at(
                  Instant.now(),
                  List.of(Scenarios.account("large", 100_000)),
                  MarketHours.ALWAYS_OPEN,
                  1)));
      scripted.add(firstId(Scenarios.standing()));
    }
    assertThat(live).doesNotHaveDuplicates();
    assertThat(scripted.getFirst()).isEqualTo(scripted.getLast());
  }

  private static String firstId(Scenario scenario) throws Exception {
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      return new Client(server.url(), "large")
          .post(
              "/v2/orders",
              "{'symbol':'DE','side':'buy','qty':'1','type':'limit','limit_price':'1',"
                  + "'time_in_force':'day'}")
          .body()
          .path("id")
          .asText();
    }
  }
}
