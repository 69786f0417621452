package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.activities.alert.NewAlert;
import org.positionmanager.activities.ledger.PostgresAlerts;
import org.positionmanager.workflows.alert.AlertKind;
import org.positionmanager.workflows.identity.AccountName;
import org.positionmanager.workflows.position.Phase;

/** Alerts over real processes: found, delivered, acknowledged. */
@Timeout(180)
class AlertsTest {
  private static final AccountName LARGE = new AccountName("large");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> received = new CopyOnWriteArrayList<>();

  private HttpServer webhook() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String settings(HttpServer webhook) {
    return """
        alerts:
          noWorkerAfter: 5s
          repeatEvery: 3s
          endpoints:
            - {name: hook, url: "http://127.0.0.1:%d/hook", perMinute: 600}
        """
        .formatted(webhook.getAddress().getPort());
  }

  /** How often an alert of this kind has arrived. */
  private long arrived(AlertKind kind) {
    return received.stream()
        .flatMap(message -> message.path("alerts").valueStream())
        .filter(alert -> alert.path("kind").asText().equals(kind.name()))
        .count();
  }

  @Test
  @DisplayName(
      "incident 2: a killed worker is told of by the intake within a minute, until acknowledged")
  void aKilledWorkerIsToldOfByTheIntake() throws Exception {
    HttpServer webhook = webhook();
    try (Desk desk =
        aDesk()
            .withAccounts("large")
            .withPrice("WMT", "128")
            .withSettings(settings(webhook))
            .start()) {
      desk.programs().startIntake();
      desk.awaitPhase(desk.opens("large", "WMT", 5), Phase.PROTECTED);
      desk.killWorker();
      Instant killed = Instant.now();
      desk.await("the intake's alert", () -> arrived(AlertKind.NO_LIVE_WORKER), count -> count > 0);
      assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofMinutes(1));
      desk.await("its repetition", () -> arrived(AlertKind.NO_LIVE_WORKER), count -> count > 1);
      assertThat(desk.pm("alerts").out()).contains("CRITICAL", "no-live-worker", "large");

      CommandRun acknowledged =
          desk.pm("alerts", "ack", "no-live-worker", "--account", "large", "--by", "ann");
      assertThat(acknowledged.exitCode()).as(acknowledged.err()).isZero();
      long before = arrived(AlertKind.NO_LIVE_WORKER);
      new PostgresAlerts(desk.ledger()).raise(NewAlert.of(AlertKind.MISMATCH, LARGE, "a marker"));
      desk.await("the marker twice", () -> arrived(AlertKind.MISMATCH), count -> count > 1);
      assertThat(arrived(AlertKind.NO_LIVE_WORKER))
          .as("one may have been on its way")
          .isLessThanOrEqualTo(before + 1);
      JsonNode open = desk.pm("alerts", "--json").json();
      assertThat(open.valueStream().map(it -> it.path("acknowledged").path("by").asText()))
          .as("acknowledged, and open still")
          .contains("ann");
      assertThat(desk.pm("alerts", "ack", "nothing").exitCode()).isEqualTo(1);
    } finally {
      webhook.stop(0);
    }
  }
}
