package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.simulator.PackedClient.key;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.value.Value;

/** MessagePack: the only form of the option streams, and one that stock streams offer. */
class PackedStreamTest {
  private static final Map<String, String> AUTH =
      Map.of("action", "auth", "key", "key-large", "secret", "secret-large");

  private SimulatorServer server;
  private Client admin;

  @BeforeEach
  void start() {
    server = SimulatorServer.start(Scenarios.standing(), "127.0.0.1", 0);
    admin = new Client(server.url(), "large");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PackedClient authenticated(String path) throws Exception {
    PackedClient stream = new PackedClient(server, path);
    assertThat(text(stream.next("success"), "msg")).isEqualTo("connected");
    stream.send(AUTH);
    assertThat(text(stream.next("success"), "msg")).isEqualTo("authenticated");
    return stream;
  }

  private static String text(Map<Value, Value> element, String field) {
    return element.get(key(field)).asStringValue().asString();
  }

  private static void assertError(PackedClient stream, int code) throws Exception {
    assertThat(stream.next("error").get(key("code")).asIntegerValue().asInt()).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName(
      "an option's quote has floating prices, a text condition and the timestamp extension")
  @ValueSource(strings = {"/v1beta1/indicative", "/v1beta1/opra"})
  void packsOptionQuotes(String path) throws Exception {
    try (PackedClient stream = authenticated(path)) {
      stream.send(Map.of("action", "subscribe", "quotes", List.of(Scenarios.PUT)));
      assertThat(stream.next("subscription").keySet())
          .containsExactlyInAnyOrder(key("T"), key("trades"), key("quotes"));
      stream.next("q");
      admin.post(
          "/admin/quotes", "{'symbol':'%s','bid':'5.1','ask':'5.2'}".formatted(Scenarios.PUT));
      Map<Value, Value> quote = stream.next("q");
      assertThat(text(quote, "S")).isEqualTo(Scenarios.PUT);
      assertThat(quote.get(key("bp")).asFloatValue().toDouble()).isEqualTo(5.1);
      assertThat(quote.get(key("as")).isIntegerValue()).isTrue();
      assertThat(text(quote, "c")).isEqualTo("A");
      assertThat(quote.get(key("t")).asExtensionValue().getType()).isEqualTo((byte) -1);
      assertThat(quote.get(key("t")).asTimestampValue().toInstant()).isEqualTo(Scenarios.MORNING);
    }
  }

  @Test
  @DisplayName("an option stream refuses text, bars, and all quotes at once")
  void refusesOnOptions() throws Exception {
    try (PackedClient stream = authenticated("/v1beta1/indicative")) {
      stream.sendText("{\"action\":\"subscribe\",\"trades\":[\"*\"]}");
      assertError(stream, 412);
      stream.send(Map.of("action", "subscribe", "bars", List.of(Scenarios.PUT)));
      assertError(stream, 410);
      stream.send(Map.of("action", "subscribe", "quotes", List.of("*")));
      assertError(stream, 413);
      stream.send(Map.of("action", "subscribe", "trades", List.of("*")));
      stream.next("subscription");
    }
  }

  @Test
  @DisplayName("a stock stream speaks MessagePack to who asks for it by header")
  void packsStocks() throws Exception {
    try (PackedClient stream = authenticated("/v2/iex")) {
      stream.send(Map.of("action", "subscribe", "quotes", List.of("DE")));
      stream.next("subscription");
      Map<Value, Value> quote = stream.next("q");
      assertThat(quote.get(key("c")).asArrayValue().list()).hasSize(1);
      assertThat(quote.get(key("t")).asTimestampValue().toInstant()).isEqualTo(Scenarios.MORNING);
    }
  }

  @Test
  @DisplayName("bytes that are no MessagePack are a matter of syntax")
  void refusesNonsense() throws Exception {
    try (PackedClient stream = authenticated("/v1beta1/opra")) {
      stream.send(Map.of("action", "sing"));
      assertError(stream, 400);
    }
  }
}
