package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The face to clients: statuses, codes and types as Alpaca gives them. */
class RestTest {
  private SimulatorServer server;
  private Client large;
  private Client tiny;

  @BeforeEach
  void start() {
    server = SimulatorServer.start(Scenarios.standing(), "127.0.0.1", 0);
    large = new Client(server.url(), "large");
    tiny = new Client(server.url(), "tiny");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Client.Reply order(Client client, String symbol, String side, int quantity, String more)
      throws Exception {
    return client.post(
        "/v2/orders",
        "{'symbol':'%s','side':'%s','qty':'%d','type':'market','time_in_force':'day'%s}"
            .formatted(symbol, side, quantity, more.isEmpty() ? "" : "," + more));
  }

  private static void assertRefused(Client.Reply reply, int status, long code, String message) {
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
    assertThat(reply.body().path("code").asLong()).isEqualTo(code);
    assertThat(reply.body().path("message").asText()).contains(message);
  }

  private void setPrice(String symbol, String bid, String ask) throws Exception {
    assertThat(
            large
                .post(
                    "/admin/quotes",
                    "{'symbol':'%s','bid':'%s','ask':'%s'}".formatted(symbol, bid, ask))
                .status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a market buy fills at the ask and is booked in its own account only")
  void buys() throws Exception {
    setPrice("DE", "621.90", "622.10");
    JsonNode order = order(large, "DE", "buy", 40, "").body();
    assertThat(order.path("status").asText()).isEqualTo("filled");
    assertThat(order.path("filled_avg_price").asText()).isEqualTo("622.1");
    JsonNode held = large.get("/v2/positions/DE").body();
    assertThat(held.path("qty").asText()).isEqualTo("40");
    assertThat(held.path("qty").isTextual()).isTrue();
    assertThat(large.get("/v2/account").body().path("cash").asText()).isEqualTo("75116");
    assertThat(tiny.get("/v2/positions").body()).isEmpty();
  }

  @Test
  @DisplayName("a contract costs a hundred times its premium")
  void multiplies() throws Exception {
    setPrice(Scenarios.PUT, "4.70", "4.80");
    order(large, Scenarios.PUT, "buy", 10, "");
    assertThat(large.get("/v2/account").body().path("cash").asText()).isEqualTo("95200");
  }

  @Test
  @DisplayName("a client order id is taken once, even after its order was cancelled")
  void refusesASecondOrderWithTheSameId() throws Exception {
    String limit = "'client_order_id':'mine','type':'limit','limit_price':'1'";
    JsonNode first = order(large, "DE", "buy", 1, limit).body();
    assertThat(large.delete("/v2/orders/" + first.path("id").asText()).status()).isEqualTo(204);
    assertRefused(
        order(large, "DE", "buy", 1, limit), 422, 40010001, "client_order_id must be unique");
    assertThat(order(tiny, "PENNY", "buy", 1, "'client_order_id':'mine'").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("look-ups that find nothing are 404 with Alpaca's code")
  void findsNothing() throws Exception {
    assertRefused(
        large.get("/v2/orders:by_client_order_id?client_order_id=x"), 404, 40410000, "order not");
    assertRefused(large.get("/v2/positions/DE"), 404, 40410000, "position does not exist");
  }

  @Test
  @DisplayName("a key that is not known is refused without a code")
  void refusesForeignKeys() throws Exception {
    Client.Reply reply = new Client(server.url(), "nobody").get("/v2/account");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body().toString()).isEqualTo("{\"message\":\"unauthorized\"}");
  }

  @Test
  @DisplayName("what an open order holds cannot be sold a second time")
  void holdsForOrders() throws Exception {
    order(large, "DE", "buy", 10, "");
    String limit = "'type':'limit','limit_price':'900'";
    String id = order(large, "DE", "sell", 8, limit).body().path("id").asText();
    Client.Reply refused = order(large, "DE", "sell", 3, "'position_intent':'sell_to_close'");
    assertRefused(refused, 403, 40310000, "requested: 3, available: 2");
    assertThat(refused.body().path("related_orders").get(0).asText()).isEqualTo(id);
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("2");
  }

  @Test
  @DisplayName("closing a put that is gone is refused by its intent, and without one as a short")
  void neverOpensAShortPutByAccident() throws Exception {
    assertRefused(
        order(large, Scenarios.PUT, "sell", 1, "'position_intent':'sell_to_close'"),
        422,
        42210000,
        "position intent mismatch, inferred: sell_to_open, specified: sell_to_close");
    assertRefused(
        order(tiny, Scenarios.PUT, "sell", 1, ""),
        403,
        40310000,
        "insufficient options buying power for cash-secured put (required: 11000, available: 1000");
    assertRefused(
        order(large, Scenarios.CALL, "sell", 1, ""), 403, 40310000, "not eligible to trade");
  }

  @Test
  @DisplayName("a market order for an option is refused while the market is closed, a limit queues")
  void optionsAtNight() throws Exception {
    large.post("/admin/clock", "{'now':'2026-02-12T02:00:00Z'}");
    assertRefused(
        order(large, Scenarios.PUT, "buy", 1, ""), 422, 42210000, "only allowed during market");
    JsonNode queued =
        order(large, Scenarios.PUT, "buy", 1, "'type':'limit','limit_price':'5.50'").body();
    assertThat(queued.path("status").asText()).isEqualTo("accepted");
    large.post("/admin/clock", "{'now':'2026-02-12T14:31:00Z'}");
    assertThat(large.get("/v2/positions/" + Scenarios.PUT).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a day order that did not fill expires at the close")
  void expires() throws Exception {
    String limit = "'type':'limit','limit_price':'1'";
    String id = order(large, "DE", "buy", 1, limit).body().path("id").asText();
    large.post("/admin/clock", "{'now':'2026-02-11T21:00:00Z'}");
    assertThat(large.get("/v2/orders/" + id).body().path("status").asText()).isEqualTo("expired");
  }

  @Test
  @DisplayName("prices finer than the increment are refused: a cent from a dollar on")
  void refusesSubPennies() throws Exception {
    assertRefused(
        order(large, "DE", "buy", 1, "'type':'limit','limit_price':'622.005'"),
        422,
        42210000,
        "sub-penny");
    assertThat(order(large, "PENNY", "buy", 1, "'type':'limit','limit_price':'0.4005'").status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a bracket's legs come with the fill; one's fill cancels the other")
  void brackets() throws Exception {
    setPrice("DE", "622", "622");
    order(
        large,
        "DE",
        "buy",
        10,
        "'order_class':'bracket','take_profit':{'limit_price':'640'},"
            + "'stop_loss':{'stop_price':'600'}");
    JsonNode legs = large.get("/v2/orders?status=open").body();
    assertThat(legs).hasSize(2);
    assertThat(large.get("/v2/positions/DE").body().path("qty_available").asText()).isEqualTo("0");
    setPrice("DE", "599", "599.10");
    assertThat(large.get("/v2/positions").body()).isEmpty();
    assertThat(large.get("/v2/orders?status=open").body()).isEmpty();
    assertThat(large.get("/v2/orders?status=closed").body().findValuesAsText("status"))
        .containsExactlyInAnyOrder("filled", "filled", "canceled");
  }

  @Test
  @DisplayName("cancelling what is filled is too late")
  void cancelsTooLate() throws Exception {
    String id = order(large, "DE", "buy", 1, "").body().path("id").asText();
    assertRefused(
        large.delete("/v2/orders/" + id), 422, 42210000, "order is already in \"filled\" state");
  }

  @Test
  @DisplayName("parts of a fill are parts of one order, and activities tell each")
  void fillsInParts() throws Exception {
    large.post("/admin/accounts/large/hold-fills", "{'hold':true}");
    String id = order(large, "DE", "buy", 10, "").body().path("id").asText();
    String part = "{'account':'large','orderId':'" + id + "','qty':'%s','price':'%s'}";
    large.post("/admin/fills", part.formatted("4", "620"));
    assertThat(large.get("/v2/orders/" + id).body().path("status").asText())
        .isEqualTo("partially_filled");
    large.post("/admin/fills", part.formatted("6", "630"));
    JsonNode done = large.get("/v2/orders/" + id).body();
    assertThat(done.path("filled_avg_price").asText()).isEqualTo("626");
    JsonNode activities = large.get("/v2/account/activities/FILL?direction=asc").body();
    assertThat(activities.findValuesAsText("type")).containsExactly("partial_fill", "fill");
    assertThat(activities.findValuesAsText("leaves_qty")).containsExactly("6", "0");
    assertThat(large.post("/admin/fills", part.formatted("1", "1")).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("the clock tells a pace that is not real time, and no other header does")
  void tellsItsPace() throws Exception {
    assertThat(large.get("/v2/clock").raw().headers().firstValue("X-Simulated-Pace"))
        .contains("0.0");
    large.post("/admin/clock", "{'paces':[{'from':'2026-02-11T15:00:00Z','open':1,'closed':1}]}");
    assertThat(large.get("/v2/clock").raw().headers().firstValue("X-Simulated-Pace")).isEmpty();
  }

  @Test
  @DisplayName("a request waits at a barrier, and one that is dropped there has no effect")
  void waitsAtABarrier() throws Exception {
    JsonNode fault =
        large
            .post("/admin/faults", "{'kind':'barrier-before','method':'POST','path':'/v2/orders'}")
            .body();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    order(large, "DE", "buy", 1, "");
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });
    String path = "/admin/faults/" + fault.path("id").asInt();
    while (large.get(path).body().path("waiting").asInt() == 0) {
      Thread.onSpinWait();
    }
    large.post(path + "/release", "{'drop':true}");
    waiting.join();
    assertThat(large.get("/v2/orders?status=all").body()).isEmpty();
  }
}
