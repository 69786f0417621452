package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path folder;

  private SimulatorServer start() throws Exception {
    return SimulatorServer.start(Scenarios.standing(), folder, "127.0.0.1", 0);
  }

  private JsonNode after(Scripted script) throws Exception {
    try (SimulatorServer server = start()) {
      Client client = new Client(server.url(), "large");
      script.play(client);
      return client.get("/admin/state").body();
    }
  }

  private interface Scripted {
    void play(Client client) throws Exception;
  }

  private static String order(String symbol, String side, String quantity, String more) {
    return "{'symbol':'%s','side':'%s','qty':'%s','time_in_force':'day','type':'market'%s}"
        .formatted(symbol, side, quantity, more);
  }

  private static void eventfulDay(Client client) throws Exception {
    client.post("/v2/orders", order("DE", "buy", "40", ",'client_order_id':'a'"));
    client.post("/v2/orders", order("DE", "buy", "40", ",'client_order_id':'a'"));
    client.post(
        "/v2/orders",
        order(
            "WMT",
            "buy",
            "10",
            ",'order_class':'bracket','take_profit':{'limit_price':'200'},"
                + "'stop_loss':{'stop_price':'90'}"));
    client.post("/admin/quotes", "{'symbol':'PENNY','bid':'0.1','ask':'0.2'}");
    client.post("/admin/accounts/large/hold-fills", "{'hold':true}");
    client.post("/v2/orders", order("DE", "sell", "5", ",'client_order_id':'b'"));
    client.post("/admin/clock", "{'advanceSeconds':60}");
  }

  @Test
  @DisplayName("the next life has the same orders, holdings, cash, prices and time")
  void goesOn() throws Exception {
    JsonNode before = after(DataFolderTest::eventfulDay);
    assertThat(before.path("accounts").path("large").path("orders")).hasSize(5);
    assertThat(after(client -> {})).isEqualTo(before);
  }

  @Test
  @DisplayName("the next life knows which client order ids are taken, and gives no id twice")
  void remembersIds() throws Exception {
    after(DataFolderTest::eventfulDay);
    JsonNode state =
        after(
            client -> {
              assertThat(
                      client
                          .post("/v2/orders", order("DE", "buy", "1", ",'client_order_id':'a'"))
                          .status())
                  .isEqualTo(422);
              client.post("/v2/orders", order("PENNY", "buy", "1", ""));
            });
    List<String> ids = state.path("accounts").path("large").path("orders").findValuesAsText("id");
    assertThat(ids).hasSize(6).doesNotHaveDuplicates();
    assertThat(state.path("accounts").path("large").path("postsByClientOrderId").path("a").asInt())
        .isEqualTo(3);
  }

  @Test
  @DisplayName("a line that a kill cut short is dropped, and what follows it is kept")
  void dropsATornLine() throws Exception {
    JsonNode before = after(DataFolderTest::eventfulDay);
    Files.writeString(
        folder.resolve("journal.jsonl"), "{\"happened\":\"pos", StandardOpenOption.APPEND);
    JsonNode next = after(client -> client.post("/v2/orders", order("PENNY", "buy", "1", "")));
    assertThat(next.path("accounts").path("large").path("orders"))
        .hasSize(before.path("accounts").path("large").path("orders").size() + 1);
    assertThat(after(client -> {})).isEqualTo(next);
  }

  @Test
  @DisplayName("a journal with a line that cannot be read is refused, naming the line")
  void refusesAnUnreadableLine() throws Exception {
    after(DataFolderTest::eventfulDay);
    Path journal = folder.resolve("journal.jsonl");
    String text = Files.readString(journal);
    Files.writeString(journal, text.replaceFirst("\"accepted\"", "\"ecceptad\""));
    assertThatThrownBy(this::start).hasMessageContaining("line 3 of journal.jsonl cannot be read");
    Files.writeString(journal, text);
    start().close();
  }

  @Test
  @DisplayName("a folder of another scenario is refused")
  void refusesAnotherScenario() throws Exception {
    start().close();
    Scenario standing = Scenarios.standing();
    Scenario other =
        new Scenario(standing.start(), 0, 8, standing.accounts().subList(0, 1), standing.prices());
    assertThatThrownBy(() -> SimulatorServer.start(other, folder, "127.0.0.1", 0))
        .hasMessageContaining("belongs to another scenario");
  }

  @Test
  @DisplayName("two simulators cannot share a folder")
  void refusesASecondProcess() throws Exception {
    try (SimulatorServer first = start()) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(this::start).hasMessageContaining("is in use by another simulator");
    }
  }

  @Test
  @DisplayName("the log of requests goes on in the next life, behind a line that a kill cut short")
  void keepsRequests() throws Exception {
    after(DataFolderTest::eventfulDay);
    Path log = folder.resolve("requests.jsonl");
    Files.writeString(log, "{\"sequence\":99,", StandardOpenOption.APPEND);
    for (int life = 0; life < 2; life++) {
      after(client -> client.get("/v2/clock"));
    }
    try (SimulatorServer server = start()) {
      JsonNode requests =
          new Client(server.url(), "large").get("/admin/requests").body().path("requests");
      assertThat(requests.findValuesAsText("sequence"))
          .containsExactly("1", "2", "3", "4", "5", "6");
      assertThat(requests.get(5).path("path").asText()).isEqualTo("/v2/clock");
    }
  }

  @Test
  @DisplayName("settings, replaced orders, expired options and closes outlive a restart")
  void remembersEverything() throws Exception {
    JsonNode before =
        after(
            client -> {
              client.post("/admin/accounts/large/settings", "{'cancelWindowMillis':5000}");
              client.post("/v2/orders", order(Scenarios.CALL, "buy", "1", ""));
              String id =
                  client
                      .post(
                          "/v2/orders",
                          order("DE", "buy", "1", ",'type':'limit','limit_price':'1'"))
                      .body()
                      .path("id")
                      .asText();
              client.patch("/v2/orders/" + id, "{'limit_price':'2'}");
              client.post("/admin/clock", "{'now':'2026-02-23T15:00:00Z'}");
            });
    JsonNode next =
        after(
            client -> {
              assertThat(
                      client
                          .get("/admin/accounts/large/settings")
                          .body()
                          .path("cancelWindowMillis")
                          .asInt())
                  .isEqualTo(5000);
              assertThat(
                      client
                          .get("/v2/account/activities?category=non_trade_activity")
                          .body()
                          .size())
                  .isPositive();
            });
    assertThat(next.path("accounts")).isEqualTo(before.path("accounts"));
  }

  @Test
  @DisplayName("halts and faults go on in the next life, with as many strikes as were left")
  void remembersHaltsAndFaults() throws Exception {
    after(
        client -> {
          client.post("/admin/halts", "{'symbol':'DE'}");
          client.post(
              "/admin/faults",
              "{'kind':'status-before','path':'/v2/clock','status':503,'times':2}");
          client.post("/admin/faults", "{'kind':'delay','path':'/none'}");
          client.delete("/admin/faults/2");
          client.post("/admin/stream-faults", "{'kind':'lose','stream':'/stream','times':3}");
          assertThat(client.get("/v2/clock").status()).isEqualTo(503);
        });
    JsonNode fill =
        after(
                client -> {
                  assertThat(client.get("/admin/halts").body().path("halts").has("DE")).isTrue();
                  assertThat(client.get("/v2/clock").status()).isEqualTo(503);
                  assertThat(client.get("/v2/clock").status()).isEqualTo(200);
                  JsonNode active =
                      client.get("/admin/stream-faults").body().path("active").path(0);
                  assertThat(active.path("kind").asText()).isEqualTo("lose");
                  client.post("/v2/orders", order("DE", "buy", "1", ""));
                  JsonNode next =
                      client.post("/admin/faults", "{'kind':'delay','path':'/none'}").body();
                  assertThat(next.path("id").asInt()).isGreaterThan(1);
                })
            .path("accounts")
            .path("large")
            .path("orders")
            .path(0);
    assertThat(fill.path("status").asText()).isEqualTo("new");
    after(
        client -> {
          client.post("/admin/halts", "{'symbol':'DE','halted':false}");
          assertThat(client.get("/v2/positions/DE").status()).isEqualTo(200);
        });
    after(client -> assertThat(client.get("/admin/halts").body().path("halts")).isEmpty());
  }
}
