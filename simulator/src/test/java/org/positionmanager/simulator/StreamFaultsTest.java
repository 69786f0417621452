package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults of streams that admin calls set: on the wire, in the log, and the same by seed. */
class StreamFaultsTest {
  private SimulatorServer server;
  private Client large;
  private StreamClient stream;

  @BeforeEach
  void start() throws Exception {
    begin();
  }

  private void begin() throws Exception {
    server = SimulatorServer.start(Scenarios.standing(), "127.0.0.1", 0);
    large = new Client(server.url(), "large");
    stream = StreamClient.connect(server, "/stream");
    stream.send("{'action':'auth','key':'key-large','secret':'secret-large'}");
    stream.next();
    stream.send("{'action':'listen','data':{'streams':['trade_updates']}}");
    stream.next();
  }

  @AfterEach
  void stop() {
    stream.close();
    server.close();
  }

  private int fault(String fault) throws Exception {
    Client.Reply reply = large.post("/admin/stream-faults", fault);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    return reply.body().path("id").asInt();
  }

  private void buy() throws Exception {
    large.post(
        "/v2/orders",
        "{'symbol':'DE','side':'buy','qty':'1','type':'market','time_in_force':'day'}");
  }

  private List<String> events(int count) throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(stream.next().json().at("/data/event").asText());
    }
    return events;
  }

  private JsonNode log() throws Exception {
    return large.get("/admin/stream-faults").body().path("log");
  }

  @Test
  @DisplayName("a message comes twice")
  void duplicates() throws Exception {
    fault("{'kind':'duplicate','stream':'/stream','times':1}");
    buy();
    assertThat(events(4)).containsExactly("accepted", "accepted", "new", "fill");
    assertThat(log()).hasSize(1);
    assertThat(log().get(0).path("message").asText()).isEqualTo("trade_updates accepted");
  }

  @Test
  @DisplayName("a message comes after the next")
  void reorders() throws Exception {
    fault("{'kind':'reorder','account':'large','times':1}");
    buy();
    assertThat(events(3)).containsExactly("new", "accepted", "fill");
  }

  @Test
  @DisplayName("a message is lost, and nothing else")
  void loses() throws Exception {
    fault("{'kind':'lose','times':2}");
    buy();
    assertThat(events(1)).containsExactly("fill");
    assertThat(log().findValuesAsText("kind")).containsExactly("lose", "lose");
  }

  @Test
  @DisplayName("a message comes late, those after it do not wait")
  void delays() throws Exception {
    fault("{'kind':'delay','times':1,'delayMillis':100}");
    buy();
    assertThat(events(3)).containsExactly("new", "fill", "accepted");
  }

  @Test
  @DisplayName("a field of a message has a value that no specification knows")
  void tellsUnknownValues() throws Exception {
    fault("{'kind':'unknown-enum','stream':'/stream','times':1}");
    fault("{'kind':'unknown-enum','field':'status','times':2}");
    fault("{'kind':'unknown-enum','field':'nowhere'}");
    buy();
    JsonNode event = stream.next().json().path("data");
    assertThat(event.path("event").asText()).isEqualTo("simulated_unknown");
    assertThat(event.at("/order/status").asText()).isEqualTo("accepted");
    JsonNode status = stream.next().json().path("data");
    assertThat(status.path("event").asText()).isEqualTo("new");
    assertThat(status.at("/order/status").asText()).isEqualTo("simulated_unknown");
    assertThat(status.at("/order/symbol").asText()).isEqualTo("DE");
    assertThat(log().findValuesAsText("kind"))
        .as("a field that is not there is not struck")
        .containsOnly("unknown-enum")
        .hasSize(3);
  }

  @Test
  @DisplayName("a silent stream answers pings and requests but tells nothing until the fault ends")
  void isSilent() throws Exception {
    int id = fault("{'kind':'silence','account':'large'}");
    buy();
    stream.awaitPong();
    stream.send("{'action':'listen','data':{'streams':['trade_updates']}}");
    assertThat(stream.next().json().path("stream").asText()).isEqualTo("listening");
    assertThat(stream.hasMore()).isFalse();
    large.delete("/admin/stream-faults/" + id);
    buy();
    assertThat(events(3)).containsExactly("accepted", "new", "fill");
  }

  @Test
  @DisplayName("the same seed strikes the same messages")
  void isSeeded() throws Exception {
    assertThat(strokes()).isEqualTo(strokesOfAnotherRun()).isNotEmpty();
  }

  private String strokes() throws Exception {
    fault("{'kind':'lose','share':0.4}");
    for (int i = 0; i < 10; i++) {
      buy();
    }
    return log().toString();
  }

  private String strokesOfAnotherRun() throws Exception {
    stop();
    begin();
    return strokes();
  }

  @Test
  @DisplayName("a fault of another account or stream strikes nobody here")
  void keepsToItsTarget() throws Exception {
    fault("{'kind':'lose','account':'tiny'}");
    fault("{'kind':'lose','stream':'/v2/iex'}");
    buy();
    assertThat(events(3)).containsExactly("accepted", "new", "fill");
  }

  @Test
  @DisplayName("an unknown kind or share is refused by name")
  void refusesNonsense() throws Exception {
    assertThat(large.post("/admin/stream-faults", "{'kind':'burn'}").body().toString())
        .contains("kind 'burn' is unknown; use one of [duplicate");
    assertThat(large.post("/admin/stream-faults", "{'kind':'lose','share':2}").body().toString())
        .contains("share 2.0 must be above 0");
    assertThat(large.delete("/admin/stream-faults/99").status()).isEqualTo(404);
  }
}
