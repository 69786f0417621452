package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stock streams in JSON: handshake, subscriptions, every error, limits. */
class DataStreamTest {
  private static final String AUTH = "{'action':'auth','key':'key-large','secret':'secret-large'}";

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

  private void restart(Duration authWithin) {
    server.close();
    server =
        SimulatorServer.start(
            Scenarios.busy(
                1,
                new StreamSettings(
                    Optional.of(authWithin),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of("tiny"))),
            "127.0.0.1",
            0);
    admin = new Client(server.url(), "large");
  }

  private StreamClient connected(String path, String... headers) throws Exception {
    StreamClient stream = StreamClient.connect(server, path, headers);
    StreamClient.Received hello = stream.next();
    assertThat(hello.binary()).isFalse();
    assertThat(hello.json().toString()).isEqualTo("[{\"T\":\"success\",\"msg\":\"connected\"}]");
    return stream;
  }

  private StreamClient authenticated(String path) throws Exception {
    StreamClient stream = connected(path);
    stream.send(AUTH);
    assertThat(stream.next().json().toString())
        .isEqualTo("[{\"T\":\"success\",\"msg\":\"authenticated\"}]");
    return stream;
  }

  private static void assertError(StreamClient stream, int code, String words) throws Exception {
    JsonNode error = stream.nextOne();
    assertThat(error.path("T").asText()).isEqualTo("error");
    assertThat(error.path("code").asInt()).as(error.toString()).isEqualTo(code);
    assertThat(error.path("msg").asText()).isEqualTo(words);
  }

  private void pin(String symbol, String bid, String ask) throws Exception {
    admin.post(
        "/admin/quotes", "{'symbol':'%s','bid':'%s','ask':'%s'}".formatted(symbol, bid, ask));
  }

  private static JsonNode quote(StreamClient stream, String bid) throws Exception {
    while (true) {
      for (JsonNode element : stream.next().json()) {
        if (element.path("T").asText().equals("q") && element.path("bp").asText().equals(bid)) {
          return element;
        }
      }
    }
  }

  @Test
  @DisplayName("keys in the headers authenticate without a message")
  void authenticatesByHeaders() throws Exception {
    try (StreamClient stream =
        connected(
            "/v2/iex", "APCA-API-KEY-ID", "key-large", "APCA-API-SECRET-KEY", "secret-large")) {
      assertThat(stream.nextOne().path("msg").asText()).isEqualTo("authenticated");
    }
  }

  @Test
  @DisplayName("each change of what is followed is confirmed with the whole list")
  void confirmsWholeLists() throws Exception {
    try (StreamClient stream = authenticated("/v2/iex")) {
      stream.send("{'action':'subscribe','trades':['DE'],'quotes':['WMT','DE'],'bars':['*']}");
      JsonNode first = stream.until("subscription").getLast();
      assertThat(first.toString())
          .isEqualTo(
              "{'T':'subscription','trades':['DE'],'quotes':['DE','WMT'],'bars':['*'],"
                      .replace('\'', '"')
                  + ("'updatedBars':[],'dailyBars':[],'statuses':[],'lulds':[],"
                          + "'corrections':['DE'],'cancelErrors':['DE']}")
                      .replace('\'', '"'));
      stream.send("{'action':'unsubscribe','quotes':['DE'],'bars':['*']}");
      JsonNode second = stream.until("subscription").getLast();
      assertThat(second.path("quotes").toString()).isEqualTo("[\"WMT\"]");
      assertThat(second.path("trades").toString()).isEqualTo("[\"DE\"]");
      assertThat(second.path("bars")).isEmpty();
    }
  }

  @Test
  @DisplayName("a quote comes when a price changes, with numbers, and only to who follows it")
  void publishesQuotes() throws Exception {
    try (StreamClient stream = authenticated("/v2/sip")) {
      stream.send("{'action':'subscribe','quotes':['DE']}");
      stream.until("subscription");
      pin("WMT", "1.00", "1.01");
      pin("DE", "620.5", "620.75");
      JsonNode quote = quote(stream, "620.5");
      assertThat(quote.path("S").asText()).isEqualTo("DE");
      assertThat(quote.path("bp").isNumber()).isTrue();
      assertThat(quote.path("ap").decimalValue()).isEqualByComparingTo("620.75");
      assertThat(quote.path("bs").isIntegralNumber()).isTrue();
      assertThat(quote.path("c").isArray()).isTrue();
      assertThat(quote.path("t").asText()).isEqualTo("2026-02-11T15:00:00Z");
    }
  }

  @Test
  @DisplayName("time that is stepped brings the trades and the bar of the minute")
  void publishesTradesAndBars() throws Exception {
    try (StreamClient stream = authenticated("/v2/iex")) {
      stream.send("{'action':'subscribe','trades':['DE'],'bars':['DE']}");
      stream.until("subscription");
      admin.post("/admin/clock", "{'advanceSeconds':60}");
      List<JsonNode> messages = stream.until("b");
      JsonNode bar = messages.getLast();
      List<JsonNode> trades =
          messages.stream().filter(it -> it.path("T").asText().equals("t")).toList();
      assertThat(trades).hasSizeGreaterThan(3);
      assertThat(bar.path("n").asInt()).isEqualTo(trades.size());
      assertThat(bar.path("o")).isEqualTo(trades.getFirst().path("p"));
      assertThat(bar.path("c")).isEqualTo(trades.getLast().path("p"));
      assertThat(bar.path("v").asInt())
          .isEqualTo(trades.stream().mapToInt(it -> it.path("s").asInt()).sum());
    }
  }

  @ParameterizedTest(name = "{0} is {1} {2}")
  @DisplayName("what cannot be understood or is not allowed is answered by its code")
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense|400|invalid syntax",
        "{\"action\":\"dance\"}|400|invalid syntax",
        "{\"action\":\"auth\",\"key\":1}|400|invalid syntax",
        "{\"action\":\"subscribe\",\"trades\":[\"DE\"]}|401|not authenticated",
        "{\"action\":\"auth\",\"key\":\"key-large\",\"secret\":\"no\"}|402|auth failed"
      })
  void refusesBeforeAuthentication(String request, int code, String words) throws Exception {
    try (StreamClient stream = connected("/v2/iex")) {
      stream.send(request);
      assertError(stream, code, words);
      stream.send(AUTH);
      assertThat(stream.nextOne().path("msg").asText()).isEqualTo("authenticated");
    }
  }

  @ParameterizedTest(name = "{0} is {1} {2}")
  @DisplayName("bad requests of who is authenticated change nothing")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"action\":\"auth\",\"key\":\"key-large\",\"secret\":\"x\"}|403|already authenticated",
        "{\"action\":\"subscribe\",\"trades\":\"DE\"}|400|invalid syntax",
        "{\"action\":\"subscribe\",\"quotes\":[7]}|400|invalid syntax",
        "{\"action\":\"subscribe\",\"quotes\":[\"*\"]}|405|symbol limit exceeded",
        "{\"action\":\"subscribe\",\"news\":[\"*\"]}|410|invalid subscribe action for this feed"
      })
  void refusesAfterAuthentication(String request, int code, String words) throws Exception {
    try (StreamClient stream = authenticated("/v2/iex")) {
      stream.send("{'action':'subscribe','quotes':['DE']}");
      stream.until("subscription");
      stream.send(request);
      while (true) {
        JsonNode next = stream.nextOne();
        if (next.path("T").asText().equals("error")) {
          assertThat(next.path("code").asInt()).isEqualTo(code);
          assertThat(next.path("msg").asText()).isEqualTo(words);
          break;
        }
      }
      stream.send("{'action':'subscribe'}");
      assertThat(stream.until("subscription").getLast().path("quotes").toString())
          .isEqualTo("[\"DE\"]");
    }
  }

  @Test
  @DisplayName("who does not authenticate in time is told so and disconnected")
  void timesOut() throws Exception {
    restart(Duration.ofMillis(50));
    StreamClient stream = connected("/v2/iex");
    assertError(stream, 404, "auth timeout");
    assertThat(stream.awaitClose()).isPositive();
  }

  @Test
  @DisplayName("30 symbols are free on iex, the 31st is refused, and sip has no limit")
  void limitsSymbols() throws Exception {
    try (StreamClient iex = authenticated("/v2/iex");
        StreamClient sip = authenticated("/v2/sip")) {
      iex.send("{'action':'subscribe','quotes':[" + symbols(31) + "]}");
      assertError(iex, 405, "symbol limit exceeded");
      iex.send("{'action':'subscribe','quotes':[%s],'trades':['S1']}".formatted(symbols(30)));
      assertThat(iex.nextOne().path("quotes")).hasSize(30);
      iex.send("{'action':'subscribe','trades':['ONE_MORE']}");
      assertError(iex, 405, "symbol limit exceeded");
      sip.send("{'action':'subscribe','quotes':[" + symbols(3_000) + "]}");
      assertThat(sip.nextOne().path("quotes")).hasSize(3_000);
    }
  }

  private static String symbols(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "'S" + i + "'")
        .collect(Collectors.joining(","));
  }

  @Test
  @DisplayName("a second connection of an account to an endpoint is refused, elsewhere welcome")
  void limitsConnections() throws Exception {
    StreamClient first = authenticated("/v2/iex");
    try (StreamClient elsewhere = authenticated("/v2/sip")) {
      StreamClient second = connected("/v2/iex");
      second.send(AUTH);
      assertError(second, 406, "connection limit exceeded");
      assertThat(second.awaitClose()).isPositive();
      elsewhere.awaitPong();
    }
    first.close();
    first.awaitClose();
    try (StreamClient third = authenticated("/v2/iex")) {
      third.awaitPong();
    }
  }

  @Test
  @DisplayName("an account without a subscription is refused on sip")
  void asksForASubscription() throws Exception {
    restart(Duration.ofSeconds(10));
    StreamClient stream = connected("/v2/sip");
    stream.send("{'action':'auth','key':'key-tiny','secret':'secret-tiny'}");
    assertError(stream, 409, "insufficient subscription");
    stream.awaitClose();
  }

  @Test
  @DisplayName("a request in hundreds of frames is read as one")
  void readsFragments() throws Exception {
    try (StreamClient stream = authenticated("/v2/sip")) {
      stream.sendInFragments("{'action':'subscribe','quotes':[" + symbols(2_000) + "]}", 50);
      assertThat(stream.nextOne().path("quotes")).hasSize(2_000);
    }
  }

  @Test
  @DisplayName("a halt is told to who follows statuses, and nothing trades until it ends")
  void tellsOfHalts() throws Exception {
    try (StreamClient stream = authenticated("/v2/iex")) {
      stream.send("{'action':'subscribe','statuses':['DE'],'trades':['DE']}");
      stream.until("subscription");
      admin.post("/admin/halts", "{'symbol':'DE'}");
      assertThat(stream.nextOne().path("sc").asText()).isEqualTo("H");
      admin.post("/admin/clock", "{'advanceSeconds':60}");
      admin.post("/admin/halts", "{'symbol':'DE','halted':false}");
      JsonNode resumed = stream.nextOne();
      assertThat(resumed.path("T").asText()).isEqualTo("s");
      assertThat(resumed.path("sc").asText()).isEqualTo("T");
    }
  }
}
