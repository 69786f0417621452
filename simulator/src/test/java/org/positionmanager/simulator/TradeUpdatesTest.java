package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trading stream, as a client of another make hears it. */
class TradeUpdatesTest {
  private static final String LISTEN = "{'action':'listen','data':{'streams':['trade_updates']}}";

  private SimulatorServer server;
  private Client large;

  @BeforeEach
  void start() {
    server = SimulatorServer.start(Scenarios.standing(), "127.0.0.1", 0);
    large = new Client(server.url(), "large");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private StreamClient listener(String account) throws Exception {
    StreamClient stream = StreamClient.connect(server, "/stream");
    stream.send(
        "{'action':'auth','key':'key-%s','secret':'secret-%s'}".formatted(account, account));
    assertThat(stream.next().json().at("/data/status").asText()).isEqualTo("authorized");
    stream.send(LISTEN);
    assertThat(stream.next().json().path("stream").asText()).isEqualTo("listening");
    return stream;
  }

  private JsonNode order(String more) throws Exception {
    Client.Reply reply =
        large.post(
            "/v2/orders",
            "{'symbol':'DE','side':'buy','qty':'10','time_in_force':'gtc',%s}".formatted(more));
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body();
  }

  private static JsonNode update(StreamClient stream, String event) throws Exception {
    JsonNode message = stream.next().json();
    assertThat(message.path("stream").asText()).isEqualTo("trade_updates");
    assertThat(message.at("/data/event").asText()).as(message.toString()).isEqualTo(event);
    return message.path("data");
  }

  @Test
  @DisplayName("a cancel or a replacement that a fill was before is told as rejected")
  void tellsOfWhatCameTooLate() throws Exception {
    large.post(
        "/admin/accounts/large/settings", "{'cancelWindowMillis':5000,'replaceWindowMillis':5000}");
    String limit = "'type':'limit','limit_price':'500'";
    String canceled = order(limit).path("id").asText();
    String replaced = order(limit).path("id").asText();
    large.delete("/v2/orders/" + canceled);
    large.patch("/v2/orders/" + replaced, "{'limit_price':'400'}");
    try (StreamClient stream = listener("large")) {
      large.post("/admin/quotes", "{'symbol':'DE','bid':'499','ask':'499.5'}");
      assertThat(update(stream, "fill").at("/order/id").asText()).isEqualTo(canceled);
      JsonNode tooLate = update(stream, "order_cancel_rejected");
      assertThat(tooLate.at("/order/id").asText()).isEqualTo(canceled);
      assertThat(tooLate.at("/order/status").asText()).isEqualTo("filled");
      assertThat(update(stream, "fill").at("/order/id").asText()).isEqualTo(replaced);
      assertThat(update(stream, "rejected").at("/order/replaces").asText()).isEqualTo(replaced);
      assertThat(update(stream, "order_replace_rejected").at("/order/id").asText())
          .isEqualTo(replaced);
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("both dialects of authentication are understood, under both addresses")
  @ValueSource(
      strings = {
        "{'action':'authenticate','data':{'key_id':'key-large','secret_key':'secret-large'}}",
        "{'action':'auth','key':'key-large','secret':'secret-large'}"
      })
  void authenticates(String request) throws Exception {
    for (String path : new String[] {"/stream", ""}) {
      try (StreamClient stream = StreamClient.connect(server, path)) {
        stream.send(request);
        StreamClient.Received answer = stream.next();
        assertThat(answer.binary()).isTrue();
        assertThat(answer.json().path("stream").asText()).isEqualTo("authorization");
        assertThat(answer.json().at("/data/status").asText()).isEqualTo("authorized");
        assertThat(answer.json().at("/data/action").asText()).isEqualTo("authenticate");
        stream.sendBinary(LISTEN);
        assertThat(stream.next().json().at("/data/streams/0").asText()).isEqualTo("trade_updates");
      }
    }
  }

  @Test
  @DisplayName("wrong keys are unauthorized, and so is listening without any")
  void refusesStrangers() throws Exception {
    try (StreamClient stream = StreamClient.connect(server, "/stream")) {
      stream.send(LISTEN);
      assertThat(stream.next().json().at("/data/status").asText()).isEqualTo("unauthorized");
      stream.send("{'action':'auth','key':'key-large','secret':'secret-tiny'}");
      assertThat(stream.next().json().at("/data/status").asText()).isEqualTo("unauthorized");
      stream.send("nonsense");
      assertThat(stream.next().json().path("action").asText()).isEqualTo("error");
    }
  }

  @Test
  @DisplayName("a market order is accepted, new and filled, with price, quantities and its order")
  void tellsOfFills() throws Exception {
    try (StreamClient stream = listener("large")) {
      JsonNode placed = order("'type':'market'");
      update(stream, "accepted");
      update(stream, "new");
      JsonNode fill = update(stream, "fill");
      assertThat(fill.path("price").asText()).isEqualTo(placed.path("filled_avg_price").asText());
      assertThat(fill.path("qty").asText()).isEqualTo("10");
      assertThat(fill.path("position_qty").asText()).isEqualTo("10");
      assertThat(fill.path("timestamp").asText()).isEqualTo("2026-02-11T15:00:00Z");
      assertThat(UUID.fromString(fill.path("execution_id").asText())).isNotNull();
      assertThat(fill.path("order")).isEqualTo(placed);
    }
  }

  @Test
  @DisplayName("parts of an order and its cancellation come one after the other")
  void tellsOfPartsAndCancels() throws Exception {
    try (StreamClient stream = listener("large")) {
      JsonNode placed = order("'type':'limit','limit_price':'1'");
      update(stream, "accepted");
      update(stream, "new");
      large.post(
          "/admin/fills",
          "{'account':'large','orderId':'%s','qty':'4','price':'1'}"
              .formatted(placed.path("id").asText()));
      JsonNode part = update(stream, "partial_fill");
      assertThat(part.path("qty").asText()).isEqualTo("4");
      assertThat(part.at("/order/filled_qty").asText()).isEqualTo("4");
      large.delete("/v2/orders/" + placed.path("id").asText());
      JsonNode canceled = update(stream, "canceled");
      assertThat(canceled.has("price")).isFalse();
      assertThat(canceled.at("/order/status").asText()).isEqualTo("canceled");
    }
  }

  @Test
  @DisplayName("a replaced order is told of with the order that took its place")
  void tellsOfReplacement() throws Exception {
    try (StreamClient stream = listener("large")) {
      JsonNode placed = order("'type':'limit','limit_price':'1'");
      update(stream, "accepted");
      update(stream, "new");
      JsonNode next =
          large.patch("/v2/orders/" + placed.path("id").asText(), "{'limit_price':'2'}").body();
      assertThat(update(stream, "accepted").at("/order/id")).isEqualTo(next.path("id"));
      JsonNode replaced = update(stream, "replaced");
      assertThat(replaced.at("/order/id")).isEqualTo(placed.path("id"));
      assertThat(replaced.at("/order/replaced_by")).isEqualTo(next.path("id"));
      assertThat(update(stream, "new").at("/order/id")).isEqualTo(next.path("id"));
    }
  }

  @Test
  @DisplayName("an order for the day expires at the close that time is stepped over")
  void tellsOfExpiry() throws Exception {
    try (StreamClient stream = listener("large")) {
      large.post(
          "/v2/orders",
          "{'symbol':'DE','side':'buy','qty':'1','time_in_force':'day','type':'limit',"
              + "'limit_price':'1'}");
      update(stream, "accepted");
      update(stream, "new");
      large.post("/admin/clock", "{'advanceSeconds':86400}");
      update(stream, "expired");
    }
  }

  @Test
  @DisplayName("each account hears of its own orders only, on all its connections")
  void keepsAccountsApart() throws Exception {
    try (StreamClient one = listener("large");
        StreamClient two = listener("large");
        StreamClient other = listener("tiny")) {
      order("'type':'market'");
      update(one, "accepted");
      update(two, "accepted");
      update(two, "new");
      update(two, "fill");
      other.awaitPong();
      assertThat(other.hasMore()).isFalse();
    }
  }

  @Test
  @DisplayName("a message in many frames is read as one, and a ping is answered")
  void readsFragments() throws Exception {
    try (StreamClient stream = StreamClient.connect(server, "/stream")) {
      stream.sendInFragments("{'action':'auth','key':'key-large','secret':'secret-large'}", 7);
      assertThat(stream.next().json().at("/data/status").asText()).isEqualTo("authorized");
      stream.awaitPong();
    }
  }
}
