package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator for one test, time standing at 10:00 in New York, and hands to steer it. */
abstract class Steered {
  private SimulatorServer server;
  Client large;
  Client tiny;

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

  String url() {
    return server.url();
  }

  /** A market order for the day unless more says otherwise. */
  Client.Reply order(Client client, String symbol, String side, String quantity, String more)
      throws Exception {
    return client.post(
        "/v2/orders",
        "{'symbol':'%s','side':'%s','qty':'%s','type':'market','time_in_force':'day'%s}"
            .formatted(symbol, side, quantity, more.isEmpty() ? "" : "," + more));
  }

  /** One that is taken; its view. */
  JsonNode taken(Client client, String symbol, String side, String quantity, String more)
      throws Exception {
    Client.Reply reply = order(client, symbol, side, quantity, more);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body();
  }

  JsonNode see(JsonNode order) throws Exception {
    return large.get("/v2/orders/" + order.path("id").asText()).body();
  }

  static String limit(String price) {
    return "'type':'limit','limit_price':'" + price + "'";
  }

  void price(String symbol, String bid, String ask) throws Exception {
    assertOk(
        large.post(
            "/admin/quotes", "{'symbol':'%s','bid':'%s','ask':'%s'}".formatted(symbol, bid, ask)));
  }

  void timeIs(String moment) throws Exception {
    assertOk(large.post("/admin/clock", "{'now':'" + moment + "'}"));
  }

  void pass(int seconds) throws Exception {
    assertOk(large.post("/admin/clock", "{'advanceSeconds':" + seconds + "}"));
  }

  void set(String account, String settings) throws Exception {
    assertOk(large.post("/admin/accounts/" + account + "/settings", "{" + settings + "}"));
  }

  void holdFills(boolean hold) throws Exception {
    assertOk(large.post("/admin/accounts/large/hold-fills", "{'hold':" + hold + "}"));
  }

  private static void assertOk(Client.Reply reply) {
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
  }

  static void assertRefused(Client.Reply reply, int status, long code, String message) {
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
    assertThat(reply.body().path("code").asLong()).isEqualTo(code);
    assertThat(reply.body().path("message").asText()).contains(message);
  }
}
