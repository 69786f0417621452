package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a scenario may say of streams beside their limits. */
@Timeout(30)
class StreamSettingsTest {
  private SimulatorServer server;
  private Client admin;

  @BeforeEach
  void start() {
    StreamSettings settings =
        new StreamSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of("tiny"),
            Optional.of(Duration.ofSeconds(2)));
    server = SimulatorServer.start(Scenarios.busy(1, settings), "127.0.0.1", 0);
    admin = new Client(server.url(), "large");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private StreamClient connected(String account) throws Exception {
    StreamClient stream = StreamClient.connect(server, "/v2/iex");
    stream.next();
    stream.send(
        "{'action':'auth','key':'key-%s','secret':'secret-%s'}".formatted(account, account));
    return stream;
  }

  private int open() throws Exception {
    return admin.get("/admin/streams").body().path("connections").path("/v2/iex").asInt();
  }

  @Test
  @DisplayName("an account that may not use this version of the streams is told so and cut off")
  void refusesWhoIsNotEnabled() throws Exception {
    StreamClient stream = connected("tiny");
    JsonNode error = stream.nextOne();
    assertThat(error.path("code").asInt()).isEqualTo(408);
    assertThat(error.path("msg").asText()).isEqualTo("v2 not enabled");
    assertThat(stream.awaitClose()).isPositive();
  }

  @Test
  @DisplayName(
      "a connection that broke off counts for as long as is said, one that said so does not")
  void lingers() throws Exception {
    StreamClient orderly = connected("large");
    assertThat(orderly.nextOne().path("msg").asText()).isEqualTo("authenticated");
    orderly.close();
    orderly.awaitClose();
    StreamClient broken = connected("large");
    assertThat(broken.nextOne().path("msg").asText()).isEqualTo("authenticated");
    broken.breakOff();
    while (open() > 0) {
      Thread.onSpinWait();
    }
    JsonNode refused = connected("large").nextOne();
    assertThat(refused.path("code").asInt()).isEqualTo(406);
    while (!connected("large").nextOne().path("msg").asText().equals("authenticated")) {
      Thread.onSpinWait();
    }
    assertThat(open()).isEqualTo(1);
  }
}
