package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that a scenario says, by exchange time. */
class ScriptedFaultsTest {
  @TempDir private Path folder;

  /** The standing scenario with more fields, read as a file's would be. */
  private static Scenario scripted(String fields) throws Exception {
    ObjectNode scenario = SimulatorCommand.mapper().valueToTree(Scenarios.standing());
    scenario.setAll(
        (ObjectNode) SimulatorCommand.mapper().readTree("{" + fields.replace('\'', '"') + "}"));
    return SimulatorCommand.mapper().treeToValue(scenario, Scenario.class);
  }

  @Test
  @DisplayName(
      "a fault of requests strikes its account from its moment on, for as long as it lasts")
  void strikesByTime() throws Exception {
    Scenario scenario =
        scripted(
            "'faults':[{'kind':'status-before','status':503,'account':'large','path':'/v2/clock',"
                + "'times':99,'at':'PT1M','lasts':'PT30S'}]");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      Client large = new Client(server.url(), "large");
      Client tiny = new Client(server.url(), "tiny");
      assertThat(large.get("/v2/clock").status()).isEqualTo(200);
      large.post("/admin/clock", "{'advanceSeconds':60}");
      assertThat(large.get("/v2/clock").status()).isEqualTo(503);
      assertThat(tiny.get("/v2/clock").status()).isEqualTo(200);
      large.post("/admin/clock", "{'advanceSeconds':30}");
      assertThat(large.get("/v2/clock").status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("an account is locked from its moment on, for as long as the script says")
  void locksByTime() throws Exception {
    Scenario scenario =
        scripted("'faults':[{'kind':'locked','account':'large','at':'PT1M','lasts':'PT30S'}]");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0)) {
      Client large = new Client(server.url(), "large");
      List<Integer> statuses = new ArrayList<>();
      for (int seconds : new int[] {60, 15, 15}) {
        statuses.add(buys(large));
        large.post("/admin/clock", "{'advanceSeconds':" + seconds + "}");
      }
      statuses.add(buys(large));
      assertThat(statuses).containsExactly(200, 403, 403, 200);
    }
  }

  private static int buys(Client client) throws Exception {
    return client
        .post(
            "/v2/orders",
            "{'symbol':'DE','side':'buy','qty':'1','type':'market','time_in_force':'day'}")
        .status();
  }

  @Test
  @DisplayName("a stream's unknown values are scripted too")
  void tellsUnknownValuesByTime() throws Exception {
    Scenario scenario =
        scripted("'streamFaults':[{'kind':'unknown-enum','field':'event','at':'PT1M'}]");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0);
        StreamClient stream = StreamClient.connect(server, "/stream")) {
      Client large = new Client(server.url(), "large");
      stream.send("{'action':'auth','key':'key-large','secret':'secret-large'}");
      stream.next();
      stream.send("{'action':'listen','data':{'streams':['trade_updates']}}");
      stream.next();
      buys(large);
      assertThat(stream.next().json().at("/data/event").asText()).isEqualTo("accepted");
      stream.next();
      stream.next();
      large.post("/admin/clock", "{'advanceSeconds':60}");
      buys(large);
      assertThat(stream.next().json().at("/data/event").asText()).isEqualTo("simulated_unknown");
    }
  }

  @Test
  @DisplayName("a fault of streams waits for its moment too")
  void silencesByTime() throws Exception {
    Scenario scenario =
        scripted("'streamFaults':[{'kind':'silence','stream':'/v2/iex','at':'PT1M'}]");
    try (SimulatorServer server = SimulatorServer.start(scenario, "127.0.0.1", 0);
        StreamClient stream = StreamClient.connect(server, "/v2/iex")) {
      Client admin = new Client(server.url(), "large");
      stream.next();
      stream.send("{'action':'auth','key':'key-large','secret':'secret-large'}");
      stream.next();
      stream.send("{'action':'subscribe','trades':['DE']}");
      stream.until("subscription");
      admin.post("/admin/clock", "{'advanceSeconds':59}");
      stream.until("t");
      admin.post("/admin/clock", "{'advanceSeconds':60}");
      assertThat(admin.get("/admin/stream-faults").body().path("log"))
          .as("what never came")
          .isNotEmpty();
    }
  }

  @Test
  @DisplayName("what an earlier life used up is not set again")
  void isSetOnce() throws Exception {
    Scenario scenario =
        scripted("'faults':[{'kind':'status-before','status':503,'path':'/v2/clock'}]");
    for (int status : new int[] {503, 200}) {
      try (SimulatorServer server = SimulatorServer.start(scenario, folder, "127.0.0.1", 0)) {
        assertThat(new Client(server.url(), "large").get("/v2/clock").status()).isEqualTo(status);
      }
    }
  }

  @Test
  @DisplayName("a scenario's fault that makes no sense is refused by its place and field")
  void refusesNonsense() throws Exception {
    Scenario odd = scripted("'faults':[{'kind':'delay'},{'kind':'odd'}]");
    assertThatThrownBy(() -> SimulatorServer.start(odd, "127.0.0.1", 0))
        .hasMessageContaining("faults[1]: kind is unknown; use one of");
    Scenario late = scripted("'streamFaults':[{'kind':'lose','at':'soon'}]");
    assertThatThrownBy(() -> SimulatorServer.start(late, "127.0.0.1", 0))
        .hasMessageContaining("streamFaults[0]: at must be a duration");
  }
}
