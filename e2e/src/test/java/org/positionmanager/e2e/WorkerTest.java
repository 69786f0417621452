package org.positionmanager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.positionmanager.e2e.Desk.aDesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.positionmanager.starter.intake.Intake;
import org.positionmanager.worker.process.ManagedProcess;
import org.positionmanager.workflows.identity.PositionId;
import org.positionmanager.workflows.position.Phase;

/** A worker process and what may be wrong with its accounts. */
@Timeout(180)
class WorkerTest {
  static HttpResponse<String> health(URI page) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @DisplayName("incident 15: an account with another's keys is not served, the other one is")
  void aWrongKeyHarmsItsOwnAccountOnly() throws Exception {
    try (Desk desk =
        aDesk()
            .withAccounts("large", "tiny")
            .withKeysOf("tiny", "large")
            .withPrice("WMT", "128")
            .start()) {
      assertThat(desk.workerSaid())
          .contains(
              "account tiny is not served: the key belongs to broker account PA-large, not to"
                  + " brokerAccountNumber PA-tiny; give this account its own key",
              "worker ready: accounts large");
      try (Intake intake = desk.intake()) {
        PositionId id = desk.opens("large", "WMT", 5);
        desk.awaitPhase(id, Phase.PROTECTED);
        assertThat(intake.started()).isEqualTo(1);
      }
      assertThat(desk.pm("accounts", "--json").json()).as("tiny was not registered").hasSize(1);
      HttpResponse<String> health = health(desk.workerPages().resolve("/healthz"));
      assertThat(health.statusCode()).isEqualTo(503);
      JsonNode accounts = new ObjectMapper().readTree(health.body()).path("accounts");
      assertThat(accounts.get(0).path("healthy").asBoolean()).isTrue();
      assertThat(accounts.get(1).path("trouble").asText()).contains("PA-large");
    }
  }

  @Test
  @DisplayName(
      "incident 18: a worker is healthy while its accounts make progress, and says how much")
  void progressIsHealth() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").withPrice("WMT", "128").start();
        Intake intake = desk.intake()) {
      desk.awaitPhase(desk.opens("large", "WMT", 5), Phase.PROTECTED);
      assertThat(intake.started()).isEqualTo(1);
      URI page = desk.workerPages().resolve("/healthz");
      HttpResponse<String> health = health(page);
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
      JsonNode account = new ObjectMapper().readTree(health.body()).path("accounts").get(0);
      assertThat(account.path("done").asInt()).isPositive();
      assertThat(account.path("lastProgress").asText()).isNotEmpty();
      desk.engine().kill();
      desk.await(
          "health to tell that the engine is away",
          () -> health(page),
          answer -> answer.statusCode() == 503 && answer.body().contains("does not answer"));
    }
  }

  @Test
  @DisplayName("a worker that serves no account yet does not say that it is ready")
  void aWorkerIsReadyOnceItServes() throws Exception {
    try (Desk desk = aDesk().withAccounts("large").start()) {
      int fault = desk.broker().saysNothingOfAccounts();
      ManagedProcess waiting =
          desk.programs().startAnotherWorkerUntil(line -> line.startsWith("worker is not ready"));
      assertThat(waiting.lastLines())
          .contains("no account is served yet: large: the broker cannot be asked")
          .doesNotContain("worker ready");
      HttpResponse<String> health =
          health(DeskPrograms.pagesIn(waiting.lastLines()).orElseThrow().resolve("/healthz"));
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("not served yet");
      desk.broker().undisturbsRequests(fault);
      desk.await(
          "it to serve", waiting::lastLines, said -> said.contains("worker ready: accounts large"));
    }
  }

  @Test
  @DisplayName("where no account is left to serve the worker ends with a line for each")
  void noAccountLeft() {
    assertThatThrownBy(() -> aDesk().withAccounts("large").withKeysOf("large", "nobody").start())
        .hasMessageContaining("no account is left to serve");
  }
}
