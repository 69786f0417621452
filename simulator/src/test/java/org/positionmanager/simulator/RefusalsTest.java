package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which Alpaca says no, by status and code. */
class RefusalsTest extends Steered {
  @Test
  @DisplayName("a client order id comes once for ever: after a cancel, a fill and a replacement")
  void clientOrderIdsAreUnique() throws Exception {
    taken(large, "DE", "buy", "1", "'client_order_id':'filled'");
    JsonNode open = taken(large, "DE", "buy", "1", limit("1") + ",'client_order_id':'open'");
    large.patch(
        "/v2/orders/" + open.path("id").asText(),
        "{'limit_price':'2','client_order_id':'replaced'}");
    for (String id : new String[] {"filled", "open", "replaced"}) {
      assertRefused(
          order(large, "DE", "buy", "1", "'client_order_id':'" + id + "'"),
          422,
          40010001,
          "client_order_id must be unique");
    }
  }

  @Test
  @DisplayName("what is not there is 404, with one code for orders and positions")
  void nothingIsFound() throws Exception {
    assertRefused(
        large.get("/v2/orders:by_client_order_id?client_order_id=x"),
        404,
        40410000,
        "order not found for x");
    assertRefused(large.get("/v2/positions/DE"), 404, 40410000, "position does not exist");
    assertRefused(large.delete("/v2/positions/DE"), 404, 40410000, "position not found: DE");
    assertRefused(large.delete("/v2/orders/nothing"), 404, 40410000, "order not found");
    assertRefused(large.get("/v2/assets/NONE"), 404, 40410000, "asset not found");
    assertRefused(large.get("/v2/options/contracts/NONE"), 404, 40410000, "contract not found");
  }

  @Test
  @DisplayName("what another order holds is refused, and the order that holds it is told")
  void heldQuantities() throws Exception {
    taken(large, "DE", "buy", "10", "");
    String holder = taken(large, "DE", "sell", "8", limit("900")).path("id").asText();
    Client.Reply refused = order(large, "DE", "sell", "3", "");
    assertRefused(
        refused,
        403,
        40310000,
        "insufficient qty available for order (requested: 3, available: 2)");
    JsonNode body = refused.body();
    assertThat(body.path("available").asText()).isEqualTo("2");
    assertThat(body.path("existing_qty").asText()).isEqualTo("10");
    assertThat(body.path("held_for_orders").asText()).isEqualTo("8");
    assertThat(body.path("related_orders").get(0).asText()).isEqualTo(holder);
    assertThat(body.path("symbol").asText()).isEqualTo("DE");
  }

  @Test
  @DisplayName("an order that could trade with one's own other order is refused")
  void washTrades() throws Exception {
    taken(large, "DE", "buy", "10", "");
    taken(large, "DE", "sell", "5", limit("700"));
    assertRefused(
        order(large, "DE", "buy", "1", ""), 403, 40310000, "potential wash trade detected");
    assertRefused(
        order(large, "DE", "buy", "1", limit("700")), 403, 40310000, "use complex orders");
    assertThat(order(large, "DE", "buy", "1", limit("600")).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a short sale is refused while a buy that opens a long is open, and the other way")
  void oppositeSides() throws Exception {
    taken(large, "DE", "buy", "1", limit("500"));
    assertRefused(
        order(large, "DE", "sell", "1", limit("900")),
        403,
        40310000,
        "cannot open a short sell while a long buy order is open");
    taken(large, "WMT", "sell", "1", limit("900"));
    assertRefused(
        order(large, "WMT", "buy", "1", limit("50")), 403, 40310000, "cannot open a long buy");
  }

  @Test
  @DisplayName("a cancel that comes after the fill is too late, and a second cancel as well")
  void cancelsTooLate() throws Exception {
    String filled = taken(large, "DE", "buy", "1", "").path("id").asText();
    assertRefused(
        large.delete("/v2/orders/" + filled),
        422,
        42210000,
        "order is already in \"filled\" state");
    String open = taken(large, "DE", "buy", "1", limit("1")).path("id").asText();
    assertThat(large.delete("/v2/orders/" + open).status()).isEqualTo(204);
    assertRefused(large.delete("/v2/orders/" + open), 422, 42210000, "\"canceled\" state");
  }

  @Test
  @DisplayName("an order is replaced only while it works at the market")
  void replacesTooEarlyAndTooLate() throws Exception {
    String filled = taken(large, "DE", "buy", "1", "").path("id").asText();
    assertRefused(
        large.patch("/v2/orders/" + filled, "{'limit_price':'2'}"),
        422,
        42210000,
        "cannot replace order in filled status");
    timeIs("2026-02-12T02:00:00Z");
    String queued = taken(large, "DE", "buy", "1", limit("1")).path("id").asText();
    assertRefused(
        large.patch("/v2/orders/" + queued, "{'limit_price':'2'}"),
        422,
        42210000,
        "cannot replace order in accepted status");
  }

  @Test
  @DisplayName("an intent that does not fit what is held is refused")
  void intents() throws Exception {
    assertRefused(
        order(large, Scenarios.PUT, "sell", "1", "'position_intent':'sell_to_close'"),
        422,
        42210000,
        "position intent mismatch, inferred: sell_to_open, specified: sell_to_close");
  }

  @Test
  @DisplayName("a call is sold only against shares, a put only against cash")
  void uncovered() throws Exception {
    assertRefused(
        order(large, Scenarios.CALL, "sell", "1", ""),
        403,
        40310000,
        "account not eligible to trade uncovered option contracts");
    taken(large, "WMT", "buy", "100", "");
    taken(large, Scenarios.CALL, "sell", "1", "");
    assertRefused(order(large, "WMT", "sell", "1", ""), 403, 40310000, "insufficient qty");
    assertRefused(
        order(tiny, Scenarios.PUT, "sell", "1", ""),
        403,
        40310000,
        "insufficient options buying power for cash-secured put (required: 11000, available: 1000)");
    JsonNode before = large.get("/v2/account").body();
    taken(large, Scenarios.PUT, "sell", "1", "");
    assertThat(number(large.get("/v2/account").body(), "options_buying_power"))
        .isLessThan(number(before, "options_buying_power") - 10_000);
  }

  private static double number(JsonNode body, String field) {
    return Double.parseDouble(body.path(field).asText());
  }

  @Test
  @DisplayName("what cannot be paid is refused, with what there is and what it costs")
  void buyingPower() throws Exception {
    price("DE", "621.90", "622.10");
    Client.Reply refused = order(tiny, "DE", "buy", "2", limit("622"));
    assertRefused(refused, 403, 40310000, "insufficient buying power");
    assertThat(refused.body().path("buying_power").asText()).isEqualTo("1000");
    assertThat(refused.body().path("cost_basis").asText()).isEqualTo("1244");
    taken(tiny, "DE", "buy", "1", limit("600"));
    assertRefused(
        order(tiny, "DE", "buy", "1", limit("601")), 403, 40310000, "insufficient buying power");
  }

  @Test
  @DisplayName("options are not bought at the market at night, late on their last day or after it")
  void optionHours() throws Exception {
    timeIs("2026-02-20T20:15:00Z");
    assertRefused(
        order(large, Scenarios.PUT, "buy", "1", ""),
        422,
        42210000,
        "contract \"NOW260220P00110000\" expires soon, unable to open new positions");
    timeIs("2026-02-20T22:00:00Z");
    assertRefused(
        order(large, Scenarios.PUT, "buy", "1", ""),
        422,
        42210000,
        "options market orders are only allowed during market hours");
    timeIs("2026-02-23T15:00:00Z");
    assertRefused(
        order(large, Scenarios.PUT, "buy", "1", limit("1")),
        422,
        42210000,
        "contract \"NOW260220P00110000\" is expired");
  }

  @Test
  @DisplayName("all of an option cannot be closed while its assignment is worked on")
  void assignmentLock() throws Exception {
    taken(large, Scenarios.PUT, "buy", "2", "");
    set("large", "'assignmentLocks':['" + Scenarios.PUT + "']");
    assertRefused(
        order(large, Scenarios.PUT, "sell", "2", ""),
        403,
        40310000,
        "active assignment lock on NOW260220P00110000, cannot close all long options");
    assertThat(order(large, Scenarios.PUT, "sell", "1", "").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a fault of the server is 500 with its code, a locked account 403")
  void serverFaults() throws Exception {
    large.post("/admin/faults", "{'kind':'status-before','method':'GET','path':'/v2/account'}");
    assertRefused(large.get("/v2/account"), 500, 50010000, "");
    set("large", "'locked':true");
    assertRefused(order(large, "DE", "buy", "1", ""), 403, 40310000, "restricted");
    assertThat(large.get("/v2/account").body().path("trading_blocked").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("a key that nobody has is refused without a code, an unknown address with 404")
  void foreignKeysAndAddresses() throws Exception {
    Client.Reply reply = new Client(url(), "nobody").get("/v2/account");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body().toString()).isEqualTo("{\"message\":\"unauthorized\"}");
    assertRefused(large.get("/v2/nothing"), 404, 40410000, "endpoint not found");
    assertThat(large.post("/v2/clock", "{}").body().path("code").asInt()).isEqualTo(40410000);
  }

  @Test
  @DisplayName("more requests in a minute than allowed are 429, and each answer tells what is left")
  void rateLimit() throws Exception {
    assertThat(large.get("/v2/clock").raw().headers().firstValue("X-Ratelimit-Limit"))
        .contains("200");
    set("large", "'requestsPerMinute':2");
    Client.Reply last = large.get("/v2/clock");
    // a minute may turn meanwhile: then two more are allowed
    for (int more = 0; more < 5 && last.status() == 200; more++) {
      last = large.get("/v2/clock");
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.raw().headers().firstValue("X-Ratelimit-Limit")).contains("2");
    assertThat(last.raw().headers().firstValue("X-Ratelimit-Remaining")).contains("0");
    assertThat(last.raw().headers().firstValueAsLong("X-Ratelimit-Reset").orElseThrow())
        .isGreaterThan(1_700_000_000L);
    assertThat(tiny.get("/v2/clock").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "an order with {0} is refused with {1}")
  @DisplayName("an order that makes no sense by itself is refused")
  @CsvSource(
      delimiter = '|',
      value = {
        "'qty':'0'                                        | 40010001",
        "'qty':'x'                                        | 40010001",
        "'qty':null                                       | 40010001",
        "'notional':'5'                                   | 40010001",
        "'type':'odd'                                     | 40010001",
        "'time_in_force':'odd'                            | 40010001",
        "'order_class':'odd'                              | 40010001",
        "'side':'odd'                                     | 40010001",
        "'type':'limit'                                   | 40010001",
        "'type':'stop'                                    | 40010001",
        "'type':'stop_limit','limit_price':'1'            | 40010001",
        "'type':'trailing_stop'                           | 40010001",
        "'limit_price':'1'                                | 40010001",
        "'type':'limit','limit_price':'622.005'           | 42210000",
        "'type':'limit','limit_price':'0.12345'           | 42210000",
        "'qty':'1.5','time_in_force':'gtc'                | 42210000",
        "'extended_hours':true                            | 42210000",
        "'order_class':'bracket'                          | 42210000",
        "'order_class':'oto'                              | 42210000",
        "'take_profit':{'limit_price':'700'}              | 42210000",
        "'time_in_force':'cls','symbol':'NONE'            | 42210000",
        "'time_in_force':'opg'                            | 42210000",
        "'symbol':'WMT260220C00130000','qty':'1.5'        | 42210000",
        "'symbol':'WMT260220C00130000','time_in_force':'ioc' | 42210000",
        "'symbol':'WMT260220C00130000','type':'trailing_stop','trail_price':'1' | 42210000"
      })
  void malformedOrders(String more, long code) throws Exception {
    assertRefused(order(large, "DE", "buy", "1", more), 422, code, "");
  }

  @Test
  @DisplayName("orders of several legs are refused in words: malformed, not allowed, not simulated")
  void multiLegOrders() throws Exception {
    String order =
        "{'qty':'1','order_class':'mleg','type':'market','time_in_force':'day','legs':[%s]}";
    String leg = "{'symbol':'WMT260220C00130000','ratio_qty':'1','side':'buy'}";
    assertRefused(large.post("/v2/orders", order.formatted(leg)), 422, 40010001, "2 to 4 legs");
    String two = order.formatted(leg + "," + leg);
    assertRefused(large.post("/v2/orders", two), 403, 40310000, "not eligible");
    set("large", "'optionsLevel':3");
    assertRefused(large.post("/v2/orders", two), 422, 42210000, "not simulated");
  }

  @Test
  @DisplayName("a body that is no JSON is 400")
  void unreadableBodies() throws Exception {
    assertRefused(large.post("/v2/orders", "{"), 400, 40010000, "format is invalid");
  }
}
