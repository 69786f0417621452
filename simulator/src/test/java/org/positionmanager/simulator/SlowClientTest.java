package org.positionmanager.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a client that cannot keep up. */
class SlowClientTest {
  private static final int SHARES = 100;
  private static final int MOST_WAITING = 5_000;
  private static final int LONGEST_DAY = 5_000;

  @Test
  @DisplayName("a client that does not read is told so and dropped, and another may come")
  void dropsSlowClients() throws Exception {
    StreamSettings settings =
        new StreamSettings(
            Optional.of(Duration.ofSeconds(30)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(MOST_WAITING),
            Set.of());
    try (SimulatorServer server =
            SimulatorServer.start(Scenarios.busy(SHARES, settings), "127.0.0.1", 0);
        SlowClient slow = new SlowClient(server.port(), "/v2/sip", "large")) {
      Client admin = new Client(server.url(), "large");
      slow.send("{\"action\":\"subscribe\",\"trades\":[\"*\"],\"quotes\":[\"*\"]}");
      for (int step = 0; step < LONGEST_DAY && !slow.isDropped(admin); step++) {
        admin.post("/admin/clock", "{'advanceSeconds':59}");
      }
      assertThat(slow.isDropped(admin)).isTrue();
      assertThat(slow.readOnTo("slow client")).contains("\"code\":407,\"msg\":\"slow client\"");
      try (StreamClient next =
          StreamClient.connect(
              server,
              "/v2/sip",
              "APCA-API-KEY-ID",
              "key-large",
              "APCA-API-SECRET-KEY",
              "secret-large")) {
        assertThat(next.nextOne().path("msg").asText()).isEqualTo("connected");
        assertThat(next.nextOne().path("msg").asText()).isEqualTo("authenticated");
      }
    }
  }
}
